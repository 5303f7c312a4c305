import type { PictureCharge } from "./image_tokens.ts";

/** Most tokens of a picture for an unknown model; no published bound is higher. */
export const MOST_IMAGE_TOKENS = 16_384;
export const UNKNOWN_CHARGE: PictureCharge = { kind: "fixed", most: MOST_IMAGE_TOKENS };

const tiles = (base: number, tile: number): PictureCharge => ({ kind: "tiles", base, tile });
/** Up to 1,536 squares, whatever the detail. */
const small = (percent: number): PictureCharge => ({
  kind: "patches",
  side: 2_048,
  budget: 1_536,
  percent,
  low: "same",
});
const fitted = (side: number, percent: number): PictureCharge => ({
  kind: "patches",
  side,
  budget: 2_500,
  percent,
  low: "fitted",
});

/**
 * Charges by names without a provider, from general to specific. Where the published factor and
 * the billed one differ, the larger.
 */
const CHARGES: readonly [models: RegExp, charge: PictureCharge][] = [
  // From 5.6 on, and names without a version.
  [/^(gpt-|chatgpt-)/, fitted(65_535, 120)],
  [/^gpt-5\.[2-5]/, fitted(2_048, 162)],
  // Without a shrunk low detail.
  [/^gpt-5\.[23]/, { kind: "patches", side: 2_048, budget: 2_500, percent: 162, low: "same" }],
  [/^gpt-5(\.1)?(-chat.*|-\d{4}.*)?$/, tiles(70, 140)],
  [/^gpt-5-(?!chat|\d{4})/, small(162)],
  [/^gpt-5-nano/, small(246)],
  [/^(gpt-4o|chatgpt-4o|gpt-4-|gpt-4\.1|gpt-4\.5)/, tiles(85, 170)],
  [/^gpt-4o-mini/, tiles(2_833, 5_667)],
  [/^gpt-4\.1-mini/, small(162)],
  [/^gpt-4\.1-nano/, small(246)],
  [/^o[1-9]/, small(172)],
  [/^o[13](-\d{4}.*|-pro.*)?$/, tiles(75, 150)],
  [/^claude-/, { kind: "squares", side: 2_576, most: 4_784 }],
  [
    /^claude-(\d|(haiku|sonnet)-4|opus-4-[0-6])/,
    { kind: "squares", side: 1_568, most: 1_568 },
  ],
];

/** Most bytes of a picture's file: Anthropic takes 5 MB in base64. */
export function mostPictureBytes({ kind }: PictureCharge): number {
  return kind === "squares" ? 3_700_000 : Infinity;
}

/** How a model charges pictures, by its bare name. */
export function pictureChargeOf(name: string): PictureCharge {
  return CHARGES.findLast(([models]) => models.test(name))?.[1] ?? UNKNOWN_CHARGE;
}
