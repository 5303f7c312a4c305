import type { Counted, Effect } from "../../shared/views/experiment_view.ts";
import { rateVariance } from "./proportions.ts";

/** Chance of a false claim in an experiment, over all looks and variants. */
export const ALPHA = 0.05;

/** Units that each variant needs before anything is said of it. */
export const FEWEST_UNITS = 20;

/** What a comparison of two variants is made for; all of it fixed at the start. */
export interface SequentialPlan {
  /** Units of both variants together at which the interval is narrowest for its confidence. */
  planned: number;
  /** Chance of a false claim over all looks and comparisons. */
  alpha: number;
  /** Comparisons that share `alpha` (Bonferroni). */
  comparisons: number;
}

/**
 * Plan of each comparison of two variants in an experiment with N* = `planned` units in all.
 *
 * The chance is divided by the variants less one. With that, at most alpha of all experiments ever
 * claim a winner that is not the only best: take one truly best variant; a false winner must have
 * been found better than it (or, being it, better than its equal), and only variants − 1
 * comparisons have it in them. For the same reason all differences to A shown hold together.
 */
export function comparisonPlan(planned: number, variants: number): SequentialPlan {
  return { planned: planned * 2 / variants, alpha: ALPHA, comparisons: Math.max(1, variants - 1) };
}

/**
 * Confidence sequence of a mean difference, valid at every look, and the p-value of its family.
 *
 * `variance` is the difference's squared standard error, `n` the units of both variants.
 * Source: Waudby-Smith et al., https://arxiv.org/abs/2103.06476v7: eq. 9 with ρ by eq. 161,
 * p by eq. 155; the same as in GrowthBook's gbstats.
 */
export function confidenceSequence(
  { difference, variance, n }: Difference,
  { planned, alpha, comparisons }: SequentialPlan,
): Effect {
  const chance = alpha / comparisons;
  const wanted = -2 * Math.log(chance);
  const spread = n * (wanted + Math.log(1 + wanted)) / planned;
  const halfWidth = Math.sqrt(
    variance * 2 * (spread + 1) / spread * Math.log(Math.sqrt(spread + 1) / chance),
  );
  const evidence = spread / (2 * (spread + 1)) * difference * difference / variance;
  return {
    estimate: difference,
    low: Math.max(-1, difference - halfWidth),
    high: Math.min(1, difference + halfWidth),
    p: Math.min(1, comparisons * Math.sqrt(spread + 1) * Math.exp(-evidence)),
  };
}

/** Counts of two variants between two changes of the shares. */
export interface Compared {
  base: Counted;
  variant: Counted;
}

/** A mean difference, its squared standard error, and the units that it stands on. */
export interface Difference {
  difference: number;
  variance: number;
  n: number;
}

/**
 * Difference of a variant's rate to the base's, within each period and then over all of them:
 * in sums, a variant with a larger share in better weeks would look better. Null without units.
 * Weights: Cochran and Mantel-Haenszel; a single period is the plain difference.
 */
export function differenceOf(periods: readonly Compared[]): Difference | null {
  const sums = { weight: 0, difference: 0, variance: 0, n: 0 };
  for (const { base, variant } of periods) {
    if (base.n === 0 || variant.n === 0) continue;
    const weight = base.n * variant.n / (base.n + variant.n);
    sums.weight += weight;
    sums.difference += weight * (variant.good / variant.n - base.good / base.n);
    sums.variance += weight ** 2 * (rateVariance(base) + rateVariance(variant));
    sums.n += base.n + variant.n;
  }
  const { weight, difference, variance, n } = sums;
  return weight === 0
    ? null
    : { difference: difference / weight, variance: variance / weight ** 2, n };
}

/** Effect of a variant over the base; without units of both in any period, nothing is known. */
export function effectOver(periods: readonly Compared[], plan: SequentialPlan): Effect {
  const found = differenceOf(periods);
  return found ? confidenceSequence(found, plan) : { estimate: 0, low: -1, high: 1, p: 1 };
}

/** Effect of a variant over the base while the shares are the same. */
export function effectOf(base: Counted, variant: Counted, plan: SequentialPlan): Effect {
  return effectOver([{ base, variant }], plan);
}

/** Whether an effect's interval excludes 0, and so its p is below alpha. */
export function isClear({ low, high }: Effect): boolean {
  return low > 0 || high < 0;
}
