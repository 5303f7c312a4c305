import fc from "fast-check";
import jsQR from "jsqr";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { qrCode } from "./qr_code.ts";

/** Draws the shape as a scanner sees it, and reads it. */
function scan({ size, path }: { size: number; path: string }, scale = 4): string | null {
  const side = size * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let py = Number(y) * scale; py < (Number(y) + 1) * scale; py++) {
      const from = (py * side + Number(x) * scale) * 4;
      pixels.fill(0, from, from + Number(width) * scale * 4);
      for (let i = from + 3; i < from + Number(width) * scale * 4; i += 4) pixels[i] = 255;
    }
  }
  return jsQR.default(pixels, side, side)?.data ?? null;
}

Deno.test("qrCode() is read by a scanner of somebody else's as what it was made of", () => {
  const codes = fc.stringMatching(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
  const numbers = fc.stringMatching(/^[1-9]\d{6,14}$/);
  fc.assert(
    fc.property(codes, numbers, (code, number) => {
      const address = `https://wa.me/${number}?text=LINK%20${code}`;
      assertEquals(scan(qrCode(address)), address);
    }),
    { numRuns: 20 },
  );
});

Deno.test("qrCode() leaves four light modules on each side, and draws nothing outside", () => {
  const { size, path } = qrCode("https://wa.me/15005550006?text=LINK%202345-ABCD");
  assert.match(path, /^(M\d+ \d+h\d+v1h-\d+z)+$/);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    assert.ok(Number(x) >= 4 && Number(x) + Number(width) <= size - 4);
    assert.ok(Number(y) >= 4 && Number(y) < size - 4);
  }
});
