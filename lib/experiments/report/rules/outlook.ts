import type { Counted } from "../../../shared/views/experiment_view.ts";
import { daysToFirst, daysToSee } from "../../rules/planning.ts";
import { FEWEST_UNITS } from "../../rules/sequential.ts";

const DAY_MS = 24 * 60 * 60_000;

/** How long a running experiment still takes, at the pace of its days so far. */
export function outlookOf(
  counted: readonly Counted[],
  today: string,
  days: number,
): { daysToFirst: number | null; seenOn: string | null } {
  const units = counted.map(({ n }) => n);
  const all = units.reduce((sum, n) => sum + n, 0);
  const good = counted.reduce((sum, { good }) => sum + good, 0);
  const left = all < FEWEST_UNITS
    ? null
    : daysToSee({ rate: good / all, units: all, days, variants: counted.length });
  return {
    daysToFirst: daysToFirst(units, days),
    seenOn: left === null ? null : dayAfter(today, left),
  };
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
