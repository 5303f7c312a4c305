import type { Figures } from "../../../lib/shared/views/report_view.ts";
import { Fact } from "./Fact.tsx";
import { failedText, goodOf, goodShare, percent, seconds } from "./formats.ts";

interface QualityFactsProps {
  figures: Pick<Figures, "errors" | "errorRate" | "wait50" | "wait95" | "satisfaction">;
  /** What is said where nobody asked, or waited for, anything. */
  unasked: string;
  unwaited: string;
}

/** How well replies went: errors, how long the first words took, what people thought of them. */
export function QualityFacts({ figures, unasked, unwaited }: QualityFactsProps) {
  const { errors, errorRate, wait50, wait95, satisfaction } = figures;
  return (
    <>
      <Fact name="Errors" value={percent(errorRate)}>
        {errorRate === null ? unasked : failedText(errors)}
      </Fact>
      <Fact name="Time to first word" value={seconds(wait50)}>
        {wait95 === null ? unwaited : `p95: ${seconds(wait95)}`}
      </Fact>
      <Fact name="Rated good" value={goodOf(satisfaction)}>
        {goodShare(satisfaction)}
      </Fact>
    </>
  );
}
