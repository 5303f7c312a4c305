import { assertEquals } from "@/tests/support/assert.ts";
import { imageTokenBound, MOST_IMAGE_TOKENS, sees } from "./vision.ts";

Deno.test("sees() knows models that see from those that read only", () => {
  for (
    const model of [
      "gpt-4o",
      "gpt-4o-mini",
      "GPT-4o-2024-11-20",
      "openai/gpt-4.1-nano",
      "ft:gpt-4o-mini:acme::1",
      "gpt-4-turbo",
      "gpt-5",
      "gpt-5.4-mini",
      "o3",
      "o4-mini",
      "claude-sonnet-4-5",
      "meta/llama-3.2-11b-vision",
      "qwen2.5-vl-7b",
    ]
  ) assertEquals(sees(model), true, model);
  for (
    const model of [
      "gpt-3.5-turbo",
      "gpt-4",
      "gpt-4-0613",
      "o1-mini",
      "o3-mini",
      "openai/gpt-oss-20b",
      "llama-3.1-8b",
      "gpt-4o-audio-preview",
      "devlin",
      "",
    ]
  ) assertEquals(sees(model), false, model);
});

Deno.test("imageTokenBound() is what each family charges at low detail, and never less", () => {
  assertEquals(
    ["gpt-4o-mini", "gpt-4o", "gpt-4.1", "o3", "gpt-5"].map(imageTokenBound),
    [2833, 85, 85, 75, 70],
  );
  // 1,536 squares times 2.46, 1.62 and 1.72; 2,500 times 1.2.
  for (const model of ["gpt-4.1-nano", "gpt-4.1-mini", "o4-mini", "gpt-5.4", "gpt-5-nano"]) {
    assertEquals(imageTokenBound(model) >= 3_779, true, model);
  }
  assertEquals(imageTokenBound("qwen2.5-vl-7b"), MOST_IMAGE_TOKENS);
});
