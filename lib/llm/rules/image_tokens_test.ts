import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ROUNDINGS, VENDORS } from "@/tests/support/vendor_images.ts";
import { pictureBound } from "../tokens.ts";
import {
  imageTokenBound,
  imageTokens,
  PICTURE_DETAILS,
  type PictureDetail,
} from "./image_tokens.ts";
import { factsOf } from "./model_facts.ts";
import { MOST_IMAGE_TOKENS } from "./picture_charges.ts";

const VECTORS: [
  width: number,
  height: number,
  model: string,
  detail: PictureDetail,
  tokens: number,
][] = [
  [1024, 1024, "gpt-4o", "high", 765],
  [1024, 1024, "gpt-4o", "low", 85],
  [2048, 4096, "gpt-4o", "high", 1_105],
  // Whether it is enlarged is not said: the larger number.
  [640, 480, "gpt-4o", "high", 765],
  [1800, 2400, "gpt-4.1-mini", "high", 2_353],
  [640, 480, "gpt-6-luna", "low", 231],
  [640, 480, "gpt-6-luna", "high", 360],
  [1280, 720, "gpt-6-luna", "low", 173],
  [1280, 720, "gpt-6-luna", "high", 1_104],
  [4032, 3024, "gpt-6-luna", "low", 231],
  [4032, 3024, "gpt-6-luna", "high", 2_942],
  [1920, 1080, "gpt-6-luna", "high", 2_448],
  [1024, 768, "gpt-4o-mini", "high", 25_501],
  [2048, 4096, "gpt-5.6-luna", "high", 2_940],
  [1000, 1000, "claude-haiku-5-5", "low", 1_296],
  [512, 512, "claude-haiku-5-5", "high", 361],
  [1024, 768, "claude-haiku-5-5", "low", 1_036],
  [1280, 720, "claude-haiku-5-5", "low", 1_196],
  [1920, 1080, "claude-sonnet-4-6", "low", 1_560],
  [1920, 1080, "claude-sonnet-5-1", "low", 2_691],
  [4032, 3024, "claude-sonnet-4-6", "low", 1_564],
  [4032, 3024, "claude-sonnet-5-1", "low", 4_740],
];

for (const [width, height, model, detail, tokens] of VECTORS) {
  Deno.test(`imageTokens() counts ${width} × ${height} as ${tokens} with ${model} at ${detail} detail`, () => {
    assertEquals(imageTokens(factsOf({ model }).pictures, { width, height }, detail), tokens);
  });
}

Deno.test("imageTokens() shrinks to 1,536 squares as OpenAI's page does in its example", () => {
  const page = { kind: "patches", side: 2_048, budget: 1_536, percent: 100, low: "same" } as const;
  assertEquals(
    imageTokens({ ...page, side: 65_535 }, { width: 1800, height: 2400 }, "high"),
    1_452,
  );
});

const side = fc.oneof(fc.integer({ min: 1, max: 8_000 }), fc.integer({ min: 1, max: 600 }));

Deno.test("imageTokenBound() is never below a vendor's count, whatever its rounding, size and model", () => {
  const vendor = fc.constantFrom(...VENDORS);
  const detail = fc.constantFrom(...PICTURE_DETAILS);
  const rounding = fc.constantFrom(...ROUNDINGS);
  fc.assert(
    fc.property(
      vendor,
      side,
      side,
      detail,
      rounding,
      ({ model, count }, width, height, detail, round) => {
        const reported = count(width, height, detail, round);
        const ours = factsOf({ model }).pictures;
        const held = imageTokenBound(ours, { width, height }, detail);
        assert.ok(held >= reported, `${model} ${width}×${height} ${detail}: ${held} < ${reported}`);
        assert.ok(held >= imageTokens(ours, { width, height }, detail));
        assert.ok(ours.kind === "tiles" || imageTokenBound(ours, null, detail) >= held);
      },
    ),
    { numRuns: 10_000 },
  );
});

Deno.test("pictureBound() is the family's worst for a picture of unknown size, and 16,384 for an unknown model", () => {
  const bound = (model: string, detail: PictureDetail = "low") =>
    pictureBound({ model }, {}, detail);
  assertEquals(
    ["gpt-4o-mini", "gpt-4o", "gpt-4.1", "o3", "gpt-5", "gpt-6-luna", "gpt-8"].map((model) =>
      bound(model)
    ),
    [2_833, 85, 85, 75, 70, 308, 308],
  );
  assertEquals(["claude-haiku-5-5", "claude-haiku-4-5"].map((m) => bound(m)), [4_784, 1_568]);
  assertEquals([bound("gpt-6-luna", "high"), bound("gpt-4o", "high")], [3_000, 1_445]);
  assertEquals(bound("openai/gpt-6-luna"), 308);
  assertEquals(bound("qwen2.5-vl-7b"), MOST_IMAGE_TOKENS);
});
