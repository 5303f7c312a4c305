import type { Figures } from "../../../lib/shared/views/report_view.ts";
import { Fact } from "./Fact.tsx";
import { failedText, goodOf, goodShare, percent, seconds } from "./formats.ts";

interface QualityFactsProps {
  figures: Pick<Figures, "errors" | "errorRate" | "wait50" | "wait95" | "satisfaction">;
  /** Texts without any turn, and without any measured wait. */
  unasked: string;
  unwaited: string;
}

/** Quality of replies: error rate, time to first word, ratings. */
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
