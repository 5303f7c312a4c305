import jsQR from "jsqr";

/** Rasterises a QR code's SVG path and decodes it; null when it cannot be read. */
export function scan({ size, path }: { size: number; path: string }, scale = 4): string | null {
  const side = size * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let py = Number(y) * scale; py < (Number(y) + 1) * scale; py++) {
      const from = (py * side + Number(x) * scale) * 4;
      const to = from + Number(width) * scale * 4;
      for (let i = from; i < to; i += 4) pixels.set([0, 0, 0], i);
    }
  }
  return jsQR.default(pixels, side, side)?.data ?? null;
}
