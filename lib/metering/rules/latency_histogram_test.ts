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
