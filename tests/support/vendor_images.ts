/**
 * Vendors' counts of picture tokens, written a second time from their pages, step by step as they
 * describe it, with each rounding that an implementation may choose.
 */
export type Rounding = (value: number) => number;
export const ROUNDINGS: readonly Rounding[] = [Math.floor, Math.round, Math.ceil, (value) => value];

interface Vendor {
  model: string;
  count(width: number, height: number, detail: "low" | "high", round: Rounding): number;
}

const blocks = (width: number, height: number, side: number) =>
  Math.ceil(+(width / side).toFixed(6)) * Math.ceil(+(height / side).toFixed(6));

function fit(width: number, height: number, side: number, round: Rounding): [number, number] {
  const scale = Math.min(1, side / Math.max(width, height));
  if (scale === 1) return [width, height];
  return [Math.max(1, round(width * scale)), Math.max(1, round(height * scale))];
}

function patches(
  model: string,
  side: number,
  budget: number,
  factor: number,
  low: boolean,
): Vendor {
  return {
    model,
    count(width, height, detail, round) {
      if (low && detail === "low") {
        const [w, h] = fit(width, height, 512, round);
        return Math.ceil(+(Math.min(256, blocks(w, h, 32)) * factor).toFixed(6));
      }
      const [w, h] = fit(width, height, side, round);
      let count = blocks(w, h, 32);
      if (count > budget) {
        const s = Math.sqrt(1024 * budget / (w * h));
        const a = w * s / 32, b = h * s / 32;
        const t = s * Math.min(Math.floor(a) / a, Math.floor(b) / b);
        count = Math.min(budget, blocks(round(w * t), round(h * t), 32));
      }
      return Math.ceil(+(count * factor).toFixed(6));
    },
  };
}

function tiles(model: string, base: number, tile: number): Vendor {
  return {
    model,
    count(width, height, detail, round) {
      if (detail === "low") return base;
      const [w, h] = fit(width, height, 2_048, round);
      const scale = Math.min(1, 768 / Math.min(w, h));
      const short = Math.min(w, h) * scale, long = Math.max(w, h) * scale;
      return base + tile * blocks(round(short), round(long), 512);
    },
  };
}

/** Shrinks by one pixel of the longer side at a time, until both limits hold. */
function claude(model: string, side: number, most: number): Vendor {
  return {
    model,
    count(width, height, _, round) {
      const longest = Math.max(width, height);
      for (let at = Math.min(longest, side); at > 0; at--) {
        const w = Math.max(1, round(width * at / longest));
        const h = Math.max(1, round(height * at / longest));
        const count = blocks(w, h, 28);
        if (count <= most) return count;
      }
      return 1;
    },
  };
}

export const VENDORS: readonly Vendor[] = [
  patches("gpt-6-luna", 65_535, 2_500, 1.2, true),
  patches("gpt-6.1-terra", 65_535, 2_500, 1.2, true),
  patches("gpt-5.6-luna", 65_535, 2_500, 1.2, true),
  patches("gpt-7", 65_535, 2_500, 1.2, true),
  patches("gpt-5.4", 2_048, 2_500, 1.62, true),
  patches("gpt-5.5", 2_048, 2_500, 1.2, true),
  patches("gpt-5.2", 2_048, 1_536, 1.62, false),
  patches("gpt-5-mini", 2_048, 1_536, 1.62, false),
  patches("gpt-5-nano", 2_048, 1_536, 2.46, false),
  patches("gpt-4.1-mini", 2_048, 1_536, 1.62, false),
  patches("gpt-4.1-nano-2025-04-14", 2_048, 1_536, 2.46, false),
  patches("o4-mini", 2_048, 1_536, 1.72, false),
  tiles("gpt-5", 70, 140),
  tiles("gpt-5.1", 70, 140),
  tiles("gpt-4o", 85, 170),
  tiles("gpt-4.1-2025-04-14", 85, 170),
  tiles("gpt-4o-mini", 2_833, 5_667),
  tiles("o3", 75, 150),
  claude("claude-sonnet-4-6", 1_568, 1_568),
  claude("claude-haiku-4-5-20251001", 1_568, 1_568),
  claude("claude-opus-4-7", 2_576, 4_784),
  claude("claude-sonnet-5-1", 2_576, 4_784),
  claude("claude-haiku-5-5", 2_576, 4_784),
  claude("claude-fable-5", 2_576, 4_784),
];
