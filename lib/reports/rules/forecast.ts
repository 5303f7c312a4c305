import type { NanoUsd } from "../../shared/money.ts";

/** Expected cost of a month. */
export interface Forecast {
  /** `YYYY-MM`. */
  month: string;
  /** Spent so far. */
  soFar: NanoUsd;
  /** Mean of the complete days in the basis. */
  perDay: NanoUsd;
  /** Complete days in the basis, from the first day of use; at most fourteen. */
  basedOn: number;
  /** Expected total of the month; null without a complete day. */
  expected: NanoUsd | null;
}

/** Whole weeks, so that weekends have their proper weight. */
const BASIS = 14;

/**
 * Expected cost of the month from the mean of the last fourteen complete days.
 * Today counts as its cost so far, or the mean if that is more.
 * @param spent spending per day, oldest first, today last, from the first of the month or 15 days
 *   ago, whichever is earlier
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
