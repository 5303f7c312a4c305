import { formatUsd } from "../../../lib/shared/money.ts";
import {
  type Advice,
  type CalculatorView,
  type CostReport,
  type ForecastView,
  RANGES,
} from "../../../lib/shared/views/report_view.ts";
import { AdminPage } from "../AdminPage.tsx";
import { Breakdown } from "./Breakdown.tsx";
import { Calculator } from "./Calculator.tsx";
import { Fact } from "./Fact.tsx";
import { count, rough, shortDay } from "./formats.ts";
import { AdviceList, ForecastSection } from "./Outlook.tsx";
import { QualityFacts } from "./QualityFacts.tsx";
import { RepliesChart, SpendingChart } from "./SpanCharts.tsx";

interface CostsPageProps {
  report: CostReport;
  forecast: ForecastView;
  advice: Advice[];
  calculator: CalculatorView;
}

/** Cost report: spending, its parts, forecast and savings. */
export function CostsPage({ report, forecast, advice, calculator }: CostsPageProps) {
  const { days, from, to, timeZone, byDay, byHour, ceiling, tools, models, channels } = report;
  const when = days === 1 ? shortDay(to) : `${shortDay(from)} to ${shortDay(to)}`;
  return (
    <AdminPage
      title="Costs"
      lead={`${when} (${timeZone})`}
      actions={
        <a class="button" href={`/admin/costs/csv?days=${days}`} download>Download as CSV</a>
      }
    >
      <nav class="ranges" aria-label="Days">
        {RANGES.map((each) => (
          <a
            key={each}
            class="button"
            href={`/admin/costs?days=${each}`}
            aria-current={each === days ? "page" : "false"}
          >
            {rangeName(each)}
          </a>
        ))}
      </nav>
      <Totals report={report} />
      <div class="charts">
        {days === 1
          ? <SpendingChart title="Spent by the hour" unit="Hour" spans={byHour} ceiling={null} />
          : <SpendingChart title="Spent a day" unit="Day" spans={byDay} ceiling={ceiling} />}
        <RepliesChart title="Replies by the hour of the day" unit="Hour" spans={byHour} />
      </div>
      <Breakdown title="Tools" of="Tool" lines={tools} days={days} ceilings />
      <Breakdown title="Models" of="Model" lines={models} days={days} />
      <Breakdown title="Channels" of="Channel" lines={channels} days={days} />
      <ForecastSection forecast={forecast} />
      <AdviceList advice={advice} days={days} />
      <Calculator view={calculator} days={days} />
    </AdminPage>
  );
}

function rangeName(days: number): string {
  return days === 1 ? "Today" : `${days} days`;
}

function Totals({ report: { total, before, days } }: { report: CostReport }) {
  const earlier = days === 1 ? "yesterday" : `the ${days} days before`;
  return (
    <dl class="facts">
      <Fact name="Spent" value={formatUsd(total.spent)}>
        {formatUsd(before)} {earlier}
        {total.simulated > 0n &&
          `; ${
            total.simulated === total.spent ? "all" : formatUsd(total.simulated)
          } of it simulated`}
      </Fact>
      <Fact name="Replies" value={count(total.messages)}>
        {total.messages === 0
          ? "none"
          : `${formatUsd(total.spent / BigInt(total.messages))} a reply`}
      </Fact>
      <Fact name="Tokens" value={rough(total.input + total.output)}>
        {rough(total.input)} in, of which {rough(total.cached)} cached; {rough(total.output)} out
      </Fact>
      <QualityFacts figures={total} unasked="nothing counted" unwaited="nothing counted" />
    </dl>
  );
}
