import type { EffectDay } from "../../../lib/shared/views/experiment_view.ts";

/** Steps between the lines of the chart, in points of a hundred. */
const STEPS = [1, 2, 5, 10, 20, 25, 50] as const;
/** Most steps on the axis. */
const MOST_STEPS = 5;
/** Free space beyond the measured values, as a share of their range. */
const MARGIN = 0.35;

/** The chart's vertical axis: ends and lines, as shares of 1. */
export interface EffectScale {
  low: number;
  high: number;
  ticks: number[];
}

/**
 * The axis of effects: all that was measured, and the newest band. Earlier bands, which are wide,
 * run out of it.
 */
export function effectScale(days: readonly EffectDay[]): EffectScale {
  const effects = days.flatMap(({ effect }) => effect ? [effect] : []);
  const last = effects.at(-1);
  const values = [0, ...effects.map(({ estimate }) => estimate)];
  if (last) values.push(last.low, last.high);
  const least = Math.min(...values), most = Math.max(...values);
  const free = Math.max(0.02, (most - least) * MARGIN);
  const [low, high] = [Math.max(-1, least - free), Math.min(1, most + free)];
  const range = (high - low) * 100;
  const step = STEPS.find((each) => range / each <= MOST_STEPS) ?? 50;
  const first = Math.ceil(low * 100 / step - 1e-9), end = Math.floor(high * 100 / step + 1e-9);
  const ticks = Array.from({ length: end - first + 1 }, (_, i) => (first + i) * step / 100);
  return { low, high, ticks };
}

/** Rates' axis for whiskers: whole tens of percent around all ends. */
export function rateScale(ends: readonly number[]): { low: number; high: number } {
  const low = Math.floor(Math.min(...ends) * 10 + 1e-9) / 10;
  const high = Math.ceil(Math.max(...ends) * 10 - 1e-9) / 10;
  return { low, high: Math.max(high, low + 0.1) };
}

/** The last day of each week since the first, and the last of all. */
export function weekEnds(days: readonly EffectDay[]): EffectDay[] {
  return days.filter((_, i) => i % 7 === 6 || i === days.length - 1);
}
