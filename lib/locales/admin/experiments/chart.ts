import type {
  Counted,
  Effect,
  EffectSeries,
  Interval,
  Letter,
  Measure,
} from "../../../shared/views/experiment_view.ts";
import { measureWords } from "./measures.ts";
import { points } from "./verdicts.ts";

export const EFFECT_CHART = {
  reading: "Line: measured. Band: where the truth very likely is.",
  asTable: "Show as a table",
  byWeek: "Gain by week",
  day: (day: number) => `Day ${day}`,
  dayOn: (day: number, date: string) => `Day ${day}, ${date}`,
  since: (day: number) => `Clear since day ${day}`,
  of: ({ good, n }: Counted) => `${good.toLocaleString("en")} of ${n.toLocaleString("en")}`,
  columns(letter: Letter, measure: Measure) {
    const does = measureWords(measure).column.toLowerCase();
    return ["Up to", `A ${does}`, `${letter} ${does}`, "Gain", "Band"];
  },
} as const;

export function chartTitle(letter: Letter, measure: Measure): string {
  return `Gain of ${letter} over A, in people of 100 who ${measureWords(measure).who}`;
}

/** The chart's finding as a sentence. */
export function chartFinding(
  { letter, clearSince }: EffectSeries,
  last: Effect,
  sinceDay: number | null,
): string {
  const ends = `ends between ${points(last.low)} and ${points(last.high)} points`;
  const clear = clearSince === null || sinceDay === null
    ? "which includes zero"
    : `${last.estimate > 0 ? "above" : "below"} zero since day ${sinceDay}`;
  return `Difference of ${letter} against A in points, by day. It ${ends}, ${clear}.`;
}

/** "-34 to 49" as a band of points. */
export const bandText = ({ low, high }: Interval): string => `${points(low)} to ${points(high)}`;
