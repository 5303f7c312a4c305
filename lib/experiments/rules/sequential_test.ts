import fc from "fast-check";
import { randomFrom } from "@/tests/money/fates.ts";
import { assert } from "@/tests/support/assert.ts";
import { drawsFrom, integral, pooledZ, rootOf } from "@/tests/support/reference_statistics.ts";
import { comparisonPlan, confidenceSequence, effectOf, isClear } from "./sequential.ts";

const of = (good: number, n: number) => ({ good, n });
const plan = (planned: number) => ({ planned, alpha: 0.05, comparisons: 1 });
const near = (actual: number, expected: number, within: number) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} instead of ${expected}`);

/** A comparison of two counts with their plain variance, as GrowthBook makes it. */
function plain(a: [number, number], b: [number, number], planned: number) {
  const variance = (good: number, n: number) => good / n * (1 - good / n) / n;
  return confidenceSequence({
    difference: b[0] / b[1] - a[0] / a[1],
    variance: variance(...a) + variance(...b),
    n: a[1] + b[1],
  }, plan(planned));
}

Deno.test("confidenceSequence() gives GrowthBook's interval and p", () => {
  const clear = plain([503, 5000], [613, 5000], 5000);
  near(clear.low, 0.00273, 5e-6);
  near(clear.high, 0.04127, 5e-6);
  near(clear.p, 0.01311, 5e-6);
  const open = plain([250, 5000], [295, 5000], 5000);
  near(open.low, -0.0049, 5e-5);
  near(open.high, 0.0229, 5e-5);
  near(open.p, 0.64641, 5e-6);
  const halfWidth = (planned: number) => {
    const { low, high } = plain([20, 60], [33, 60], planned);
    return (high - low) / 2;
  };
  near(halfWidth(5000), 0.549, 5e-4);
  near(halfWidth(120), 0.269, 5e-4);
});

Deno.test("effectOf() claims nothing after many looks where a test of one look would", () => {
  const oneLook = (base: [number, number], variant: [number, number]) => {
    const { z, p } = pooledZ(of(...base), of(...variant));
    return [z.toFixed(4), p.toPrecision(3)];
  };
  // The published figures of that test.
  assert.deepEqual(oneLook([503, 5000], [613, 5000]), ["3.4935", "0.000477"]);
  assert.deepEqual(oneLook([144, 1200], [192, 1200]), ["2.8237", "0.00475"]);
  assert.deepEqual(oneLook([250, 5000], [295, 5000]), ["1.9824", "0.0474"]);
  const effect = effectOf(of(250, 5000), of(295, 5000), plan(5000));
  assert.ok(!isClear(effect) && effect.p > 0.5, `${effect.p}`);
});

Deno.test("effectOf() gives the mock's report: 135 of 218 against 176 of 223, N* 500", () => {
  const { estimate, low, high, p } = effectOf(of(135, 218), of(176, 223), plan(500));
  near(estimate, 0.170, 5e-4);
  near(low, 0.040, 5e-4);
  near(high, 0.300, 5e-4);
  near(p, 0.003, 5e-4);
});

Deno.test("effectOf() knows nothing without units, and does not fail at rates of 0 and 1", () => {
  assert.deepEqual(effectOf(of(0, 0), of(5, 9), plan(100)), {
    estimate: 0,
    low: -1,
    high: 1,
    p: 1,
  });
  assert.ok(!isClear(effectOf(of(0, 20), of(0, 20), plan(100))));
  assert.ok(isClear(effectOf(of(0, 40), of(40, 40), plan(100))));
});

/** Likelihood ratio of a difference against none, mixed over drifts from N(0, ρ²). */
function mixture(score: number, n: number, rho: number): number {
  const centre = score * rho * rho / (n * rho * rho + 1);
  const width = rho / Math.sqrt(n * rho * rho + 1);
  const top = centre * score - centre * centre * n / 2 - centre * centre / (2 * rho * rho);
  const f = (drift: number) =>
    Math.exp(drift * score - drift * drift * n / 2 - drift * drift / (2 * rho * rho) - top);
  const area = integral(f, centre - 12 * width, centre + 12 * width, {
    tolerance: 1e-11 * width,
    parts: 32,
  });
  return Math.exp(top) * area / (rho * Math.sqrt(2 * Math.PI));
}

Deno.test("effectOf() equals an integrated mixture of likelihoods on 1,000 random tables", () => {
  const draws = drawsFrom(randomFrom(23));
  for (let run = 0; run < 1_000; run++) {
    const base = draws.counted(20, 3_000), variant = draws.counted(20, 3_000);
    const planned = draws.whole(100, 6_000), comparisons = draws.whole(1, 4);
    const effect = effectOf(base, variant, { planned, alpha: 0.05, comparisons });
    const table = `${base.good}/${base.n} ${variant.good}/${variant.n} ${planned} ${comparisons}`;

    const smooth = [base, variant].map(({ good, n }) => ({ p: (good + 0.5) / (n + 1), n }));
    const squared = smooth.reduce((sum, { p, n }) => sum + p * (1 - p) / n, 0);
    const n = base.n + variant.n, chance = 0.05 / comparisons;
    const rho = Math.sqrt((-2 * Math.log(chance) + Math.log(1 - 2 * Math.log(chance))) / planned);
    const ratio = (difference: number) =>
      mixture(Math.abs(difference) * Math.sqrt(n / squared), n, rho);
    const p = Math.min(1, comparisons / ratio(effect.estimate));
    assert.ok(Math.abs(effect.p - p) <= 1e-8 * p + 1e-300, `${table}: p ${effect.p}, not ${p}`);
    if (run >= 100) continue;
    const half = rootOf(
      (difference) => Math.log(ratio(difference)) + Math.log(chance),
      0,
      20 * Math.sqrt(squared),
    );
    const low = Math.max(-1, effect.estimate - half), high = Math.min(1, effect.estimate + half);
    assert.ok(Math.abs(effect.low - low) < 1e-8 && Math.abs(effect.high - high) < 1e-8, table);
  }
});

Deno.test("effectOf() has p below alpha exactly where its interval excludes 0", () => {
  const counted = fc.integer({ min: 1, max: 5_000 }).chain((n) =>
    fc.integer({ min: 0, max: n }).map((good) => ({ good, n }))
  );
  // Half of the pairs are close, so that p is often near alpha.
  const pair = fc.oneof(
    fc.tuple(counted, counted),
    fc.tuple(
      fc.integer({ min: 20, max: 2_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 2, max: 4, noNaN: true }),
    )
      .map(([n, rate, errors]) => {
        const good = Math.round(rate * n);
        const more = Math.round(errors * Math.sqrt(2 * n * rate * (1 - rate)));
        return [of(good, n), of(Math.min(n, good + more), n)] as const;
      }),
  );
  const settings = fc.record({
    planned: fc.integer({ min: 40, max: 20_000 }),
    comparisons: fc.integer({ min: 1, max: 4 }),
    alpha: fc.constantFrom(0.01, 0.05, 0.1),
  });
  let clear = 0;
  fc.assert(
    fc.property(pair, settings, ([base, variant], given) => {
      const effect = effectOf(base, variant, given);
      if (isClear(effect)) clear++;
      assert.equal(effect.p < given.alpha, isClear(effect));
      assert.ok(effect.low <= effect.estimate && effect.estimate <= effect.high);
      const other = effectOf(variant, base, given);
      assert.ok(Math.abs(other.p - effect.p) < 1e-12 && Math.abs(other.low + effect.high) < 1e-12);
    }),
    { numRuns: 5_000, seed: 19 },
  );
  assert.ok(clear > 500 && clear < 4_500, `${clear} of 5,000 were clear`);
});

Deno.test("comparisonPlan() makes the interval nearly as narrow as can be at its planned units", () => {
  for (const variants of [2, 3, 5]) {
    const plan = comparisonPlan(400, variants);
    const n = plan.planned;
    const width = (planned: number) => {
      const { low, high } = confidenceSequence(
        { difference: 0, variance: 1e-4, n },
        { ...plan, planned },
      );
      return high - low;
    };
    const best = Math.min(...Array.from({ length: 400 }, (_, at) => width(n * 1.02 ** (at - 200))));
    assert.ok(width(n) <= 1.005 * best, `${width(n)} against ${best}`);
  }
});
