import type { Counted } from "../../shared/views/experiment_view.ts";
import { betaCdf, betaDensity } from "./distributions.ts";
import { rateVariance } from "./proportions.ts";
import type { Difference } from "./sequential.ts";

/** Difference between two variants that is ordinary: its prior standard deviation. */
const ORDINARY_DIFFERENCE = 0.1;

/** Gauss-Legendre nodes and weights of order 8 on −1 to 1, the half above 0. */
const NODES = [
  [0.1834346424956498, 0.3626837833783620],
  [0.5255324099163290, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
] as const;

/** Ends of the panels of integration around a distribution's mean, in standard deviations. */
const STEPS = [0, 1, 2, 3, 4, 6, 8, 12, 20, 40];

/** Distribution of a rate after its counts, from a uniform prior. */
interface Posterior {
  a: number;
  b: number;
  mean: number;
  deviation: number;
}

function posteriorOf({ good, n }: Counted): Posterior {
  const a = good + 1;
  const b = n - good + 1;
  const mean = a / (a + b);
  return { a, b, mean, deviation: Math.sqrt(mean * (1 - mean) / (a + b + 1)) };
}

/** Integral of `f` from 0 to 1, with panels as fine as each distribution needs them. */
function integrate(posteriors: readonly Posterior[], f: (x: number) => number): number {
  const ends = posteriors.flatMap(({ mean, deviation }) =>
    STEPS.flatMap((step) => [mean - step * deviation, mean + step * deviation])
  ).filter((end) => end > 0 && end < 1);
  const sorted = [0, ...ends.sort((one, other) => one - other), 1];
  let sum = 0;
  for (let index = 1; index < sorted.length; index++) {
    const from = sorted[index - 1] ?? 0;
    const half = ((sorted[index] ?? 0) - from) / 2;
    if (half === 0) continue;
    for (const [node, weight] of NODES) {
      sum += weight * half * (f(from + half * (1 - node)) + f(from + half * (1 + node)));
    }
  }
  return sum;
}

/** Chance that the rate of each variant is the highest of all; together 1. */
export function chanceToBeBest(arms: readonly Counted[]): number[] {
  const posteriors = arms.map(posteriorOf);
  return posteriors.map((own) => {
    const rivals = posteriors.filter((other) => other !== own);
    const chance = integrate(
      posteriors,
      (x) =>
        rivals.reduce(
          (product, { a, b }) => product === 0 ? 0 : product * betaCdf(x, a, b),
          betaDensity(x, own.a, own.b),
        ),
    );
    return Math.min(1, Math.max(0, chance));
  });
}

/** Mean loss of choosing each variant where another one is better, as a share of 1. */
export function expectedLoss(arms: readonly Counted[]): number[] {
  const posteriors = arms.map(posteriorOf);
  const best = integrate(
    posteriors,
    (x) => 1 - posteriors.reduce((product, { a, b }) => product && product * betaCdf(x, a, b), 1),
  );
  return posteriors.map(({ mean }) => Math.max(0, best - mean));
}

/** A difference of two variants, shrunk toward none; that of their shrunk rates. */
export function shrunkDifference({ difference, variance }: Difference): number {
  const prior = ORDINARY_DIFFERENCE ** 2;
  return difference * prior / (prior + variance);
}

/**
 * Rates shrunk toward the common one, the more the fewer units they stand on: first results of a
 * winner flatter. Empirical Bayes: the common rate comes from the data, the variants' spread
 * around it is such that a difference of two has a standard deviation of 10 points.
 */
export function shrunkRates(arms: readonly Counted[]): number[] {
  const prior = ORDINARY_DIFFERENCE ** 2 / 2;
  const known = arms.filter(({ n }) => n > 0).map((arm) => ({
    rate: arm.good / arm.n,
    weight: 1 / (prior + rateVariance(arm)),
  }));
  const weights = known.reduce((sum, { weight }) => sum + weight, 0);
  const common = known.length === 0
    ? 0.5
    : known.reduce((sum, { rate, weight }) => sum + rate * weight, 0) / weights;
  return arms.map((arm) =>
    arm.n === 0
      ? common
      : common + (arm.good / arm.n - common) * prior / (prior + rateVariance(arm))
  );
}
