/** How closely a model looks at pictures: `high` reads small print, and costs more. */
export const PICTURE_DETAILS = ["low", "high"] as const;
export type PictureDetail = (typeof PICTURE_DETAILS)[number];

/** How a model family charges pictures. */
export type PictureCharge =
  /**
   * Squares of 32 pixels times `percent`: the picture is fitted into `side`, then shrunk to
   * `budget` squares; at low detail into 512 pixels where `low` says so.
   * https://platform.openai.com/docs/guides/images-vision#calculating-costs
   */
  | { kind: "patches"; side: number; budget: number; percent: number; low: "fitted" | "same" }
  /** A fixed number, at high detail one for each square of 512 pixels besides (same page). */
  | { kind: "tiles"; base: number; tile: number }
  /**
   * Squares of 28 pixels, at most `most`, of a picture fitted into `side`; without a detail.
   * https://platform.claude.com/docs/en/build-with-claude/vision#image-costs
   */
  | { kind: "squares"; side: number; most: number }
  /** No more than this, whatever the size. */
  | { kind: "fixed"; most: number };

interface Size {
  width: number;
  height: number;
}

const PATCH = 32, TILE = 512, SQUARE = 28;
const LOW_SIDE = 512;
/** Tiles of a picture of unknown size: 2,048 × 768 pixels. */
const MOST_TILES = 8;

/** Tokens of a picture by the vendor's formula. */
export function imageTokens(charge: PictureCharge, size: Size, detail: PictureDetail): number {
  switch (charge.kind) {
    case "patches": {
      if (isFitted(charge, detail)) return charged(charge, patchesOf(fitted(size, LOW_SIDE)));
      return charged(charge, shrunkPatches(fitted(size, charge.side), charge.budget));
    }
    case "tiles":
      return charge.base + (detail === "low" ? 0 : charge.tile * tilesOf(size));
    case "squares":
      return squaresOf(size, charge);
    case "fixed":
      return charge.most;
  }
}

/**
 * Upper bound of a picture's tokens, however the vendor rounds while it shrinks.
 * @param size in pixels; null when unknown
 */
export function imageTokenBound(
  charge: PictureCharge,
  size: Size | null,
  detail: PictureDetail,
): number {
  switch (charge.kind) {
    case "patches": {
      const low = isFitted(charge, detail);
      const most = low ? (LOW_SIDE / PATCH) ** 2 : charge.budget;
      if (size === null) return charged(charge, most);
      const patches = patchesOf(fitted(size, low ? LOW_SIDE : charge.side));
      return charged(charge, Math.min(most, patches));
    }
    case "tiles":
      return size === null && detail === "high"
        ? charge.base + charge.tile * MOST_TILES
        : imageTokens(charge, size ?? { width: 1, height: 1 }, detail);
    case "squares": {
      if (size === null || Math.max(size.width, size.height) > charge.side) return charge.most;
      return Math.min(charge.most, squares(size.width, size.height));
    }
    case "fixed":
      return charge.most;
  }
}

type Patches = Extract<PictureCharge, { kind: "patches" }>;

const isFitted = ({ low }: Patches, detail: PictureDetail) => detail === "low" && low === "fitted";

const charged = ({ percent }: Patches, patches: number) => Math.ceil(patches * percent / 100);

/** A size as a fraction, so that no rounding adds a square. */
interface Fraction extends Size {
  of: number;
}

/** The largest size of the same shape within a square. */
function fitted({ width, height }: Size, side: number): Fraction {
  const longest = Math.max(width, height);
  return longest <= side
    ? { width, height, of: 1 }
    : { width: width * side, height: height * side, of: longest };
}

function patchesOf({ width, height, of }: Fraction): number {
  return Math.ceil(width / (PATCH * of)) * Math.ceil(height / (PATCH * of));
}

/** Patches of a picture that is shrunk to whole ones above a budget. */
function shrunkPatches(size: Fraction, budget: number): number {
  const patches = patchesOf(size);
  if (patches <= budget) return patches;
  const width = size.width / size.of, height = size.height / size.of;
  const scale = Math.sqrt(PATCH ** 2 * budget / (width * height));
  const across = width * scale / PATCH, down = height * scale / PATCH;
  const whole = scale * Math.min(Math.floor(across) / across, Math.floor(down) / down);
  const shrunk = { width: Math.floor(width * whole), height: Math.floor(height * whole), of: 1 };
  return Math.min(budget, patchesOf(shrunk));
}

/**
 * Tiles of a picture fitted into 2,048 pixels, its shorter side then brought to 768. Whether a
 * smaller one is enlarged is not said: the larger number.
 */
function tilesOf(size: Size): number {
  const { width, height, of } = fitted(size, 2_048);
  const shorter = Math.min(width, height);
  // The shorter side becomes 768 pixels: width ÷ of × 768 ÷ (shorter ÷ of).
  return Math.max(
    Math.ceil(width * 768 / (shorter * TILE)) * Math.ceil(height * 768 / (shorter * TILE)),
    shorter / of > 768 ? 0 : Math.ceil(width / (of * TILE)) * Math.ceil(height / (of * TILE)),
  );
}

const squares = (width: number, height: number) =>
  Math.ceil(width / SQUARE) * Math.ceil(height / SQUARE);

/** Squares of the largest size of the same shape within both limits. */
function squaresOf(size: Size, { side, most }: { side: number; most: number }): number {
  const fit = fitted(size, side);
  const whole = squares(fit.width / fit.of, fit.height / fit.of);
  if (whole <= most) return whole;
  const { width, height } = size;
  let best = 1;
  // The largest size fills whole squares across or down.
  for (let n = 1; n * SQUARE <= side; n++) {
    const down = Math.ceil(height * n / width), across = Math.ceil(width * n / height);
    if (n * SQUARE <= width && n * down <= most) best = Math.max(best, n * down);
    if (n * SQUARE <= height && n * across <= most) best = Math.max(best, n * across);
  }
  return best;
}
