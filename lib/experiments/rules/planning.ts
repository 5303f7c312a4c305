import type { PlanForecast } from "../../shared/views/experiment_view.ts";
import { normalQuantile } from "./distributions.ts";
import { ALPHA, FEWEST_UNITS } from "./sequential.ts";

/** Chance of seeing a difference that is there. */
const POWER = 0.8;

/** Looking whenever one likes costs this many times the units of a single look. */
const PEEKING = 1.7;

/** N* is never below this. */
const SMALLEST_TOTAL = 100;

/** Rate assumed for a measure that has none yet: the one that needs most units. */
const ASSUMED_RATE = 0.5;

/** Gain that a plan is made for unless told otherwise. */
const USUAL_GAIN = 0.15;

/** A month, two and five. */
const SEEN_AFTER_WEEKS = [4, 9, 22];

/** Tools with fewer people in 30 days learn more from golden conversations. */
const QUIET_BELOW = 200;

const DAYS_SEEN = 28;

/** Units in each of two equal variants, not rounded. */
function unitsFor(from: number, to: number, comparisons: number): number {
  const z = normalQuantile(1 - ALPHA / comparisons / 2) + normalQuantile(POWER);
  return z * z * (from * (1 - from) + to * (1 - to)) / (to - from) ** 2;
}

/** Units in each of two variants to tell one rate from the other in a single look. */
export function sizePerArm(from: number, to: number, comparisons = 1): number {
  return Math.ceil(unitsFor(from, to, comparisons));
}

/** Shares of as many variants, all the same. */
export function evenShares(variants: number): number[] {
  return Array.from({ length: variants }, () => 1);
}

/**
 * Units in all, as a multiple of those in one of two equal variants, at which A can be told from
 * the variant with the smallest share. Shares in any unit, A's first.
 */
function unitsInAll(shares: readonly number[]): number {
  const [base = 0, ...others] = shares;
  const whole = shares.reduce((sum, share) => sum + share, 0);
  return whole * (1 / base + 1 / Math.min(...others)) / 2;
}

/** N*: units of all variants together to tell the rates, with looks at any time. */
export function plannedTotal(from: number, to: number, shares: readonly number[]): number {
  const total = PEEKING * unitsInAll(shares) * sizePerArm(from, to, shares.length - 1);
  return Math.max(SMALLEST_TOTAL, Math.ceil(total - 1e-9));
}

/** Smallest gain over a rate that so many units in all show; null when none can be. */
export function smallestGain(
  rate: number,
  units: number,
  shares: readonly number[],
): number | null {
  const perArm = units / unitsInAll(shares) / PEEKING;
  const comparisons = shares.length - 1;
  let high = 1 - rate;
  if (perArm <= 0 || high <= 0 || unitsFor(rate, 1, comparisons) > perArm) return null;
  let low = 0;
  while (high - low > 1e-4) {
    const middle = (low + high) / 2;
    if (unitsFor(rate, rate + middle, comparisons) > perArm) low = middle;
    else high = middle;
  }
  return high;
}

/** A tool's traffic and the plan that it is to carry. */
export interface PlanInput {
  /** Units of the last 28 days, and the successes among them when the measure has a past. */
  seen: { n: number; good: number | null };
  /** People of the tool in the last 30 days. */
  people: number;
  variants: number;
  /** Shares of the variants, A's first, all above 0; absent: all the same. */
  shares?: readonly number[] | undefined;
  /** Percent of the people who take part. */
  include: number;
  /** Rate to tell from today's; absent or not above it: a usual gain. */
  target?: number | undefined;
}

/** What an experiment would find at a tool's traffic. `perWeek` counts those who take part. */
export function planForecast(
  { seen, people, variants, shares = evenShares(variants), include, target }: PlanInput,
): Omit<PlanForecast, "basis"> {
  const rate = seen.good === null || seen.n < FEWEST_UNITS ? null : seen.good / seen.n;
  // At 0 or 1 the variance would vanish, and nothing lies above 1.
  const from = Math.min(0.98, Math.max(0.02, rate ?? ASSUMED_RATE));
  // Above 70% a usual gain halves the failures.
  const usual = Math.min(from + USUAL_GAIN, (1 + from) / 2);
  const to = target !== undefined && target > from && target <= 1 ? target : usual;
  const planned = plannedTotal(from, to, shares);
  const perWeek = seen.n * 7 / DAYS_SEEN * include / 100;
  return {
    perWeek,
    rate,
    target: to,
    planned,
    weeks: perWeek === 0 ? null : Math.max(1, Math.round(planned / perWeek)),
    seen: SEEN_AFTER_WEEKS.map((weeks) => ({
      weeks,
      gain: smallestGain(from, weeks * perWeek, shares),
    })),
    quiet: people < QUIET_BELOW,
  };
}

/** Days until each variant has 20 units at its own pace; null when reached or unknown. */
export function daysToFirst(units: readonly number[], days: number): number | null {
  const left = units.filter((n) => n < FEWEST_UNITS)
    .map((n) => n === 0 ? Infinity : (FEWEST_UNITS - n) * days / n);
  const longest = Math.max(0, ...left);
  return longest === 0 || !Number.isFinite(longest) ? null : Math.ceil(longest);
}

/** Days until a difference of 20 in 100 would be seen at the pace so far; null when unknown. */
export function daysToSee(
  { rate, units, days, variants }: { rate: number; units: number; days: number; variants: number },
): number | null {
  if (units === 0 || days === 0) return null;
  const needed = plannedTotal(rate, rate + (rate > 0.5 ? -0.2 : 0.2), evenShares(variants));
  return Math.max(0, Math.ceil((needed - units) * days / units));
}
