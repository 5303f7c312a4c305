import type { Cell } from "../../../shared/csv.ts";
import type { Letter } from "../../../shared/views/experiment_view.ts";
import type { ArmFigures } from "./arm_reports.ts";
import { countedIn } from "./arm_reports.ts";

/** Rows of the table of days: each variant's counts of each day, in the order of `DAY_TABLE`. */
export function dayRows(
  { variants, measure, rows }: Omit<ArmFigures, "spent">,
  days: readonly string[],
  costOf: (letter: Letter, day: number) => string,
): Cell[][] {
  const byDay = Map.groupBy(rows, ({ day }) => day);
  return days.flatMap((day, index) =>
    variants.map(({ letter }): Cell[] => {
      const row = byDay.get(day)?.find((each) => each.letter === letter);
      const { good, n } = countedIn(measure, row ?? NOBODY);
      return [
        day,
        letter,
        row?.people ?? 0,
        good,
        n,
        row?.conversations ?? 0,
        row?.turns ?? 0,
        row?.failed ?? 0,
        row?.degraded ?? 0,
        row?.failedOver ?? 0,
        row?.refused ?? 0,
        row && row.waits > 0 ? Math.round(row.waitedMs / row.waits) / 1000 : null,
        Number(costOf(letter, index)),
      ];
    })
  );
}

const NOBODY = { people: 0, up: 0, down: 0, reached: 0 };
