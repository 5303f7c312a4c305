import { assert, assertEquals } from "@/tests/support/assert.ts";
import { signTest } from "./paired_signs.ts";

Deno.test("signTest() gives the published p, and the wins that would be clear", () => {
  const found = (wins: number, losses: number) => {
    const { p, clear, clearFrom } = signTest(wins, losses);
    return [p?.toFixed(3), clear, clearFrom];
  };
  assertEquals(found(9, 1), ["0.021", true, 9]);
  assertEquals(found(15, 5), ["0.041", true, 15]);
  assertEquals(found(3, 9), ["0.146", false, 10]);
  assertEquals(found(5, 0), ["0.063", false, null]);
  assertEquals(found(6, 0), ["0.031", true, 6]);
  assertEquals(signTest(0, 0), { p: null, clear: false, clearFrom: null });
});

Deno.test("signTest() equals whole-number sums of all tosses, up to 60 pairs", () => {
  const choose = (n: number, k: number): bigint =>
    k === 0 ? 1n : choose(n, k - 1) * BigInt(n - k + 1) / BigInt(k);
  for (let n = 1; n <= 60; n++) {
    const exact = (wins: number) => {
      let ways = 0n;
      for (let k = 0; k <= n; k++) {
        if (Math.abs(2 * k - n) >= Math.abs(2 * wins - n)) ways += choose(n, k);
      }
      return Number(ways) / 2 ** n;
    };
    for (let wins = 0; wins <= n; wins++) {
      const { p, clear, clearFrom } = signTest(wins, n - wins);
      assert.ok(p !== null && Math.abs(p - exact(wins)) < 1e-13, `${wins} of ${n}`);
      assertEquals(clear, exact(wins) < 0.05);
      if (2 * wins > n) assertEquals(clear, clearFrom !== null && wins >= clearFrom);
    }
  }
});
