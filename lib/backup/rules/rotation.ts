/** How many backups are kept: the newest of as many days, weeks and months. */
export const KEPT = { days: 7, weeks: 4, months: 6 } as const;

/** A backup by the day on which it was made, as `YYYY-MM-DD`, and its time. */
interface Made {
  name: string;
  day: string;
  at: number;
}

/**
 * Names of the backups that are no longer kept. Of each of the last seven days, four weeks and six
 * months that have one, the newest stays, and so do the `spared` ones, such as the last that was proven.
 */
export function outdated(
  all: readonly Made[],
  spared: readonly (string | null | undefined)[],
): string[] {
  const newest = all.toSorted((a, b) => b.at - a.at);
  const kept = new Set<string | null | undefined>(spared);
  const keep = (count: number, periodOf: (day: string) => string) => {
    const periods = new Set<string>();
    for (const { name, day } of newest) {
      const period = periodOf(day);
      if (periods.has(period)) continue;
      if (periods.size === count) return;
      periods.add(period);
      kept.add(name);
    }
  };
  keep(KEPT.days, (day) => day);
  keep(KEPT.weeks, weekOf);
  keep(KEPT.months, (day) => day.slice(0, 7));
  return all.map(({ name }) => name).filter((name) => !kept.has(name));
}

const DAY = 24 * 60 * 60_000;

/** Number of the week that a day is in, from Monday on. */
function weekOf(day: string): string {
  // 1970-01-05 was a Monday.
  return String(Math.floor((Date.parse(`${day}T00:00:00Z`) / DAY - 4) / 7));
}
