import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { wilsonInterval } from "./wilson.ts";

Deno.test("wilsonInterval() gives the published interval of 81 in 263, and of none and all in ten", () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
  const rounded = (hits: number, all: number) => {
    const { low, high } = wilsonInterval(hits, all) ?? { low: NaN, high: NaN };
    return [low.toFixed(4), high.toFixed(4)];
  };
  assertEquals(rounded(81, 263), ["0.2553", "0.3662"]);
  assertEquals(rounded(15, 148), ["0.0624", "0.1605"]);
  assertEquals(rounded(0, 20), ["0.0000", "0.1611"]);
  assertEquals(rounded(1, 29), ["0.0061", "0.1718"]);
  assertEquals(wilsonInterval(0, 0), null);
});

Deno.test("wilsonInterval(): the share lies within, the bounds within 0 and 1, and more data narrow them", () => {
  fc.assert(fc.property(fc.nat(5_000), fc.nat(5_000), (up, down) => {
    const all = up + down;
    const found = wilsonInterval(up, all);
    if (all === 0) return assertEquals(found, null);
    assert.ok(found);
    const { low, high } = found;
    assert.ok(low >= 0 && high <= 1 && low <= up / all + 1e-9 && high >= up / all - 1e-9);
    const more = wilsonInterval(10 * up, 10 * all);
    assert.ok(more && more.high - more.low < high - low);
  }));
});
