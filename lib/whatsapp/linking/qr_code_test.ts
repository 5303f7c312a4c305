import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { scan } from "@/tests/support/qr_scanner.ts";
import { qrCode } from "./qr_code.ts";

Deno.test("qrCode() is read back by an independent scanner", () => {
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

Deno.test("qrCode() leaves four light modules on each side and draws nothing outside", () => {
  const { size, path } = qrCode("https://wa.me/15005550006?text=LINK%202345-ABCD");
  assert.match(path, /^(M\d+ \d+h\d+v1h-\d+z)+$/);
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    assert.ok(Number(x) >= 4 && Number(x) + Number(width) <= size - 4);
    assert.ok(Number(y) >= 4 && Number(y) < size - 4);
  }
});
