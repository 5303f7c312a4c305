import type { NanoUsd } from "../../shared/money.ts";

/** What a month will cost if it goes on as it did. */
export interface Forecast {
  /** `YYYY-MM`. */
  month: string;
  /** Spent in it until now. */
  soFar: NanoUsd;
  /** Mean of the complete days that it is drawn from. */
  perDay: NanoUsd;
  /** How many those are, the first day of use being the first; at most fourteen. */
  basedOn: number;
  /** At the month's end; null while there is no complete day to draw it from. */
  expected: NanoUsd | null;
}

/** Whole weeks, so that quiet weekends weigh what they should. */
const BASIS = 14;

/**
 * Draws the month's end from the mean of the last fourteen complete days; today
 * counts with what it has cost, or with that mean if that is more.
 * @param spent each day's spending with its day, oldest first, today the last,
 *   from the month's first day or fifteen days ago, whichever is earlier.
 */
export function forecast(spent: readonly { day: string; spent: NanoUsd }[]): Forecast {
  const today = spent[spent.length - 1];
  const month = today?.day.slice(0, 7) ?? "";
  const soFar = sum(spent.filter(({ day }) => day.startsWith(month)));
  const complete = spent.slice(0, -1).slice(-BASIS);
  const used = complete.slice(complete.findIndex((each) => each.spent > 0n));
  const basedOn = complete.some((each) => each.spent > 0n) ? used.length : 0;
  if (today === undefined || basedOn === 0) {
    return { month, soFar, perDay: 0n, basedOn: 0, expected: null };
  }
  const perDay = sum(used) / BigInt(basedOn);
  const left = BigInt(daysIn(month) - Number(today.day.slice(8)));
  const restOfToday = perDay > today.spent ? perDay - today.spent : 0n;
  return { month, soFar, perDay, basedOn, expected: soFar + restOfToday + perDay * left };
}

function sum(days: readonly { spent: NanoUsd }[]): NanoUsd {
  return days.reduce((all, { spent }) => all + spent, 0n);
}

function daysIn(month: string): number {
  const [year = NaN, number = NaN] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).getUTCDate();
}
