import { stateMark } from "../../../lib/locales/admin/experiments/heads.ts";
import { REPORT, variantLabel } from "../../../lib/locales/admin/experiments/report.ts";
import { measureWords } from "../../../lib/locales/admin/experiments/measures.ts";
import type { ExperimentReport, Letter } from "../../../lib/shared/views/experiment_view.ts";
import { AdminPage } from "../AdminPage.tsx";
import { MoreStyles } from "../MoreStyles.tsx";
import { Chip } from "./Chip.tsx";
import { EffectChart, EffectTable } from "./EffectChart.tsx";
import { reportLead } from "./ExperimentReportPage.tsx";
import { RatioChecks, TrustPanels } from "./TrustPanels.tsx";
import { MoreFigures, VariantTable } from "./VariantTable.tsx";
import { VerdictPanel } from "./VerdictPanel.tsx";

export interface ExperimentPrintPageProps {
  timeZone: string;
  now: number;
  report: ExperimentReport;
  /** What each variant is. */
  contents: readonly VariantOnPaper[];
}

export interface VariantOnPaper {
  letter: Letter;
  model: string;
  /** Longest reply, in tokens. */
  maxTokens: number;
  prompt: string;
}

/** The whole report, open in all its parts, to print or to save as a file. */
export function ExperimentPrintPage({ report, contents, ...where }: ExperimentPrintPageProps) {
  const { head, series } = report;
  const { measure, verdict } = head;
  const unfair = verdict?.code === "unfair";
  const told = !unfair && verdict?.code !== "thin";
  return (
    <AdminPage
      title={head.name}
      parent={{ href: `/admin/experiments/${head.id}`, label: REPORT.back }}
      marks={<Chip mark={stateMark(head)} />}
      lead={reportLead(report, where)}
      actions={<span class="meta">{REPORT.howToPrint}</span>}
    >
      <MoreStyles />
      <div class="stack paper">
        <VerdictPanel report={report} where={where} token={null} />
        <p class="meta">
          {REPORT.measured(measureWords(measure).name)} {report.arms.length > 2 && REPORT.corrected}
        </p>
        {unfair && <RatioChecks report={report} where={where} />}
        <VariantTable report={report} />
        {told &&
          series.map((each) => <EffectChart key={each.letter} series={each} measure={measure} />)}
        {told && series.map((each) => (
          <section key={each.letter} class="panel">
            <header>
              <h2>{REPORT.byWeek(each.letter)}</h2>
            </header>
            <EffectTable series={each} measure={measure} full />
          </section>
        ))}
        {told && <TrustPanels report={report} where={where} />}
        <section class="panel">
          <header>
            <h2>{REPORT.moreFigures}</h2>
          </header>
          <MoreFigures report={report} />
        </section>
        {contents.map(({ letter, model, maxTokens, prompt }) => (
          <section key={letter} class="panel">
            <header>
              <h2>{variantLabel(letter, report.baseVersion)}</h2>
              <span class="meta">{REPORT.modelAndLength(model, maxTokens)}</span>
            </header>
            <p class="pad worded" dir="auto">{prompt}</p>
          </section>
        ))}
      </div>
    </AdminPage>
  );
}
