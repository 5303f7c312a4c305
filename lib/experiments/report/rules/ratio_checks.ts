import type { RatioCheck } from "../../../shared/views/experiment_view.ts";
import type { ArmDayRow, Experiment } from "../../records.ts";
import { sumOfArm } from "./arm_reports.ts";
import { earlyFailures } from "../../rules/guards.ts";

/** What to look at while people are not split by the shares. */
export function ratioChecks(
  { variants, contents, shareChanges }: Pick<
    Experiment,
    "variants" | "contents" | "shareChanges"
  >,
  rows: readonly ArmDayRow[],
): RatioCheck[] {
  const early = earlyFailures(variants.map(({ letter }) => ({
    letter,
    people: sumOfArm(rows, letter, "people"),
    failedFirst: sumOfArm(rows, letter, "failedFirst"),
  })));
  const people = variants.reduce((sum, { letter }) => sum + sumOfArm(rows, letter, "sawTwo"), 0);
  const changed = shareChanges.slice(1).at(-1);
  return [
    ...(early
      ? [{
        code: "early_failures" as const,
        letter: early.letter,
        failed: early.failedFirst,
        people: early.people,
        model: contents[early.letter]?.model ?? "",
      }]
      : []),
    changed ? { code: "shares_changed", at: changed.at } : { code: "shares_kept" },
    people > 0 ? { code: "some_saw_two", people } : { code: "nobody_saw_two" },
  ];
}
