import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { addLatency, latencyPercentile, mergeLatencies } from "./latency_histogram.ts";

const of = (...waits: number[]) => waits.reduce<number[]>(addLatency, []);

Deno.test("latencyPercentile() is null without waits, and lies within the bin of the wait", () => {
  assertEquals(latencyPercentile([], 0.5), null);
  assertEquals(latencyPercentile(of(400), 1), 500);
  assertEquals(latencyPercentile(of(10, 10, 10, 90_000), 0.5), 33);
  assertEquals(latencyPercentile(of(90_000), 0.95), 60_000);
});

Deno.test("latencyPercentile() of a share that whole bins fill is the upper bound of the last of them, and skips empty bins", () => {
  assertEquals(latencyPercentile(of(40, 900), 0.5), 50);
  assertEquals(latencyPercentile(of(40, 900), 1), 1_000);
  assertEquals(latencyPercentile(of(400), 0), 300);
});

Deno.test("addLatency() counts in the bins that stored histograms have", () => {
  const ends = [50, 100, 200, 300, 500, 700, 1_000, 1_500, 2_000, 3_000, 5_000, 8_000]
    .concat(12_000, 20_000, 30_000, 60_000);
  assertEquals(of(1, 100, 51, 300), [1, 2, 0, 1]);
  assertEquals(ends.map((ms) => of(ms).length), ends.map((_, bin) => bin + 1));
  assertEquals(ends.map((ms) => of(ms + 1).length), ends.map((_, bin) => bin + 2));
});

Deno.test("mergeLatencies() is commutative, and latencyPercentile() falls into the right bin", () => {
  const waits = fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(waits, waits, fc.double({ min: 0.01, max: 1, noNaN: true }), (a, b, share) => {
      const all = [...a, ...b];
      assertEquals(mergeLatencies(of(...a), of(...b)), of(...all));
      const rank = Math.max(1, Math.ceil(share * all.length));
      const exact = all.toSorted((x, y) => x - y)[rank - 1] ?? NaN;
      const found = latencyPercentile(of(...all), share) ?? NaN;
      // The same bin, or its border.
      assert.ok([found, found + 1].some((ms) => of(ms).length === of(exact).length));
    }),
    { numRuns: 200 },
  );
});
