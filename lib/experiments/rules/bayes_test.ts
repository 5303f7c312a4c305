import { randomFrom } from "@/tests/money/fates.ts";
import { assert } from "@/tests/support/assert.ts";
import { chanceAbove, drawsFrom, logBeta } from "@/tests/support/reference_statistics.ts";
import type { Counted } from "../../shared/views/experiment_view.ts";
import { chanceToBeBest, expectedLoss, shrunkDifference, shrunkRates } from "./bayes.ts";
import { differenceOf } from "./sequential.ts";

const of = (good: number, n: number) => ({ good, n });
const nearAll = (actual: number[], expected: number[], within: number, table: string) =>
  assert.ok(
    actual.length === expected.length &&
      actual.every((each, at) => Math.abs(each - (expected[at] ?? NaN)) <= within),
    `${table}: ${actual} instead of ${expected}`,
  );

/** Posterior means' excess of the second of two variants, where it is the better one. */
function meanExcess(one: Counted, two: Counted): number {
  const [a, b, c, d] = [one.good + 1, one.n - one.good + 1, two.good + 1, two.n - two.good + 1];
  const mean = (x: number, y: number) => Math.exp(logBeta(x + 1, y) - logBeta(x, y));
  return mean(c, d) * chanceAbove(a, b, c + 1, d) - mean(a, b) * chanceAbove(a + 1, b, c, d);
}

Deno.test("chanceToBeBest() and expectedLoss() equal the exact sums on 1,000 random tables of two", () => {
  const draws = drawsFrom(randomFrom(26));
  for (let run = 0; run < 1_000; run++) {
    const arms = [draws.counted(1, 1_000), draws.counted(1, 1_000)];
    const [one = of(0, 0), two = of(0, 0)] = arms;
    const best = chanceAbove(
      one.good + 1,
      one.n - one.good + 1,
      two.good + 1,
      two.n - two.good + 1,
    );
    const table = `${one.good}/${one.n} ${two.good}/${two.n}`;
    nearAll(chanceToBeBest(arms), [1 - best, best], 1e-8, table);
    nearAll(expectedLoss(arms), [meanExcess(one, two), meanExcess(two, one)], 1e-8, table);
  }
});

/** Chance to be best and expected loss of each variant, from densities on a grid. */
function onGrid(
  arms: readonly Counted[],
  points = 10_000,
): { chances: number[]; losses: number[] } {
  const densities = arms.map(({ good, n }) => {
    const log = (x: number) => good * Math.log(x) + (n - good) * Math.log1p(-x);
    const top = log(Math.min(1 - 1e-12, Math.max(1e-12, good / n)));
    const raw = Array.from({ length: points }, (_, at) => Math.exp(log((at + 0.5) / points) - top));
    const whole = raw.reduce((sum, each) => sum + each, 0);
    return raw.map((each) => each / whole);
  });
  const below = densities.map((density) => {
    let sum = 0;
    return density.map((each) => (sum += each) - each / 2);
  });
  const sums = arms.map(() => 0);
  let best = 0;
  for (let at = 0; at < points; at++) {
    for (const own of arms.keys()) {
      let product = densities[own]?.[at] ?? 0;
      for (const other of arms.keys()) if (other !== own) product *= below[other]?.[at] ?? 0;
      sums[own] = (sums[own] ?? 0) + product;
      best += product * (at + 0.5) / points;
    }
  }
  const means = densities.map((density) =>
    density.reduce((sum, each, at) => sum + each * (at + 0.5) / points, 0)
  );
  return { chances: sums, losses: means.map((mean) => best - mean) };
}

Deno.test("chanceToBeBest() and expectedLoss() equal a fine grid for three to five variants", () => {
  const draws = drawsFrom(randomFrom(27));
  for (let run = 0; run < 30; run++) {
    const arms = Array.from({ length: 3 + run % 3 }, () => draws.counted(20, 1_000));
    const { chances, losses } = onGrid(arms);
    const table = arms.map(({ good, n }) => `${good}/${n}`).join(" ");
    nearAll(chanceToBeBest(arms), chances, 2e-5, table);
    nearAll(expectedLoss(arms), losses, 2e-6, table);
    const whole = chanceToBeBest(arms).reduce((sum, each) => sum + each, 0);
    assert.ok(Math.abs(whole - 1) < 1e-9, `${table}: ${whole} in all`);
  }
});

Deno.test("chanceToBeBest() holds for very many units and for equal variants", () => {
  nearAll(
    chanceToBeBest([of(300_000, 1_000_000), of(300_000, 1_000_000)]),
    [0.5, 0.5],
    1e-8,
    "equal",
  );
  nearAll(chanceToBeBest([of(10, 20), of(500_000, 1_000_000)]), [0.5, 0.5], 1e-3, "unequal");
  nearAll(chanceToBeBest([of(0, 20), of(20, 20), of(10, 20)]), [0, 1, 0], 1e-3, "extreme");
});

Deno.test("the mock's report: chance above 99.9%, loss below 0.01 points, shrunk 14.4 points", () => {
  const arms = [of(135, 218), of(176, 223)];
  assert.ok((chanceToBeBest(arms)[1] ?? 0) > 0.999);
  assert.ok((expectedLoss(arms)[1] ?? 1) < 1e-4);
  const [a = 0, b = 0] = shrunkRates(arms);
  assert.ok(Math.abs(b - a - 0.144) < 5e-4, `${b - a}`);
});

Deno.test("shrunkRates() is the best guess of rates around a common one, on 1,000 random tables", () => {
  const draws = drawsFrom(randomFrom(28));
  for (let run = 0; run < 1_000; run++) {
    const arms = Array.from({ length: draws.whole(2, 5) }, () => draws.counted(5, 2_000));
    // Least squares of the data and the prior together, by turns until nothing moves.
    const noise = arms.map(({ good, n }) => {
      const p = (good + 0.5) / (n + 1);
      return p * (1 - p) / n;
    });
    let common = 0.5;
    let rates: number[] = [];
    for (let step = 0; step < 20_000; step++) {
      rates = arms.map(({ good, n }, at) => {
        const own = 1 / (noise[at] ?? 1), prior = 1 / 0.005;
        return (good / n * own + common * prior) / (own + prior);
      });
      const next = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
      const moved = Math.abs(next - common);
      common = next;
      if (moved < 1e-14) break;
    }
    const table = arms.map(({ good, n }) => `${good}/${n}`).join(" ");
    nearAll(shrunkRates(arms), rates, 1e-9, table);
  }
  const difference = differenceOf([{ base: of(135, 218), variant: of(176, 223) }]);
  const [a = 0, b = 0] = shrunkRates([of(135, 218), of(176, 223)]);
  assert.ok(difference && Math.abs(shrunkDifference(difference) - (b - a)) < 1e-12);
  nearAll(shrunkRates([of(10, 20), of(0, 0)]), [0.5, 0.5], 1e-12, "nobody in B");
});
