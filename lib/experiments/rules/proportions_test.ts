import { randomFrom } from "@/tests/money/fates.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { drawsFrom, rootOf } from "@/tests/support/reference_statistics.ts";
import { newcombe, rateVariance, wilson } from "./proportions.ts";

const of = (good: number, n: number) => ({ good, n });
const rounded = ({ low, high }: { low: number; high: number }) => [low.toFixed(4), high.toFixed(4)];

Deno.test("wilson() gives the published intervals, and all that is possible without units", () => {
  assertEquals(rounded(wilson(of(81, 263))), ["0.2553", "0.3662"]);
  assertEquals(rounded(wilson(of(15, 148))), ["0.0624", "0.1605"]);
  assertEquals(rounded(wilson(of(0, 20))), ["0.0000", "0.1611"]);
  assertEquals(rounded(wilson(of(1, 29))), ["0.0061", "0.1718"]);
  assertEquals(wilson(of(0, 0)), { low: 0, high: 1 });
});

Deno.test("newcombe() gives the published intervals", () => {
  assertEquals(rounded(newcombe(of(56, 70), of(48, 80))), ["0.0524", "0.3339"]);
  assertEquals(rounded(newcombe(of(9, 10), of(3, 10))), ["0.1705", "0.8090"]);
  assertEquals(rounded(newcombe(of(5, 56), of(0, 29))), ["-0.0381", "0.1926"]);
});

Deno.test("wilson() and newcombe() equal another way to them on 1,000 random tables", () => {
  const draws = drawsFrom(randomFrom(22));
  const z95 = 1.959964;
  // Ends of the score interval: where the rate's distance is z95 of the end's own errors.
  const score = ({ good, n }: { good: number; n: number }) => {
    const rate = good / n;
    const distance = (p: number) => Math.abs(p - rate) - z95 * Math.sqrt(p * (1 - p) / n);
    return {
      low: good === 0 ? 0 : rootOf((p) => -distance(p), 1e-15, rate),
      high: good === n ? 1 : rootOf(distance, rate, 1 - 1e-15),
    };
  };
  for (let run = 0; run < 1_000; run++) {
    const a = draws.counted(5, 5_000), b = draws.counted(5, 5_000);
    const table = `${a.good}/${a.n} ${b.good}/${b.n}`;
    const ofA = score(a), ofB = score(b);
    for (const [interval, expected] of [[wilson(a), ofA], [wilson(b), ofB]] as const) {
      assert.ok(Math.abs(interval.low - expected.low) < 1e-9, table);
      assert.ok(Math.abs(interval.high - expected.high) < 1e-9, table);
    }
    const d = newcombe(a, b), pa = a.good / a.n, pb = b.good / b.n;
    const low = pa - pb - Math.sqrt((pa - ofA.low) ** 2 + (ofB.high - pb) ** 2);
    const high = pa - pb + Math.sqrt((ofA.high - pa) ** 2 + (pb - ofB.low) ** 2);
    assert.ok(Math.abs(d.low - low) < 1e-9 && Math.abs(d.high - high) < 1e-9, table);
  }
});

Deno.test("rateVariance() is never 0", () => {
  assert.ok(rateVariance(of(0, 20)) > 0 && rateVariance(of(20, 20)) > 0);
});
