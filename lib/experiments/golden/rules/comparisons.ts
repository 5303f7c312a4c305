import type { Comparison, GoldenSummary } from "../../../shared/views/golden_view.ts";
import { signTest } from "../../rules/paired_signs.ts";

/** What a judge prefers; a skipped example is not judged. */
export type Pick = "a" | "b" | "same" | "skipped";

/** How `b` did in the eyes of most judges; a tie is the same, and null stands for no judgement. */
export function comparisonOf(picks: readonly Pick[]): Comparison | null {
  const judged = picks.filter((pick) => pick !== "skipped");
  if (judged.length === 0) return null;
  const forB = judged.filter((pick) => pick === "b").length;
  const forA = judged.filter((pick) => pick === "a").length;
  if (forA === forB) return "same";
  const most = forA > forB ? "a" : "b";
  // Most judges saw no difference.
  if (judged.length - forA - forB > Math.max(forA, forB)) return "same";
  return most === "b" ? "better" : "worse";
}

/** The sign test over the examples' comparisons. */
export function summaryOf(comparisons: readonly (Comparison | null)[]): GoldenSummary {
  const count = (wanted: Comparison | null) =>
    comparisons.filter((comparison) => comparison === wanted).length;
  const better = count("better"), worse = count("worse");
  return { better, worse, same: count("same"), open: count(null), ...signTest(better, worse) };
}
