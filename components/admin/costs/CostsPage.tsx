import { formatUsd } from "../../../lib/shared/money.ts";
import {
  type Advice,
  type CalculatorView,
  type CostReport,
  type ForecastView,
  RANGES,
} from "../../../lib/shared/views/report_view.ts";
import { AdminIcon } from "../AdminIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Breakdown } from "./Breakdown.tsx";
import { Calculator } from "./Calculator.tsx";
import { Fact } from "./Fact.tsx";
import { count, monthName, rough, shortDay } from "./formats.ts";
import { SavingPanel } from "./SavingPanel.tsx";
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
  const { total } = report;
  const when = days === 1 ? shortDay(to) : `${shortDay(from, to)} to ${shortDay(to)}`;
  return (
    <AdminPage
      title="Costs"
      lead={`${when}. A day ends at 00:00 (${timeZone}).`}
      actions={
        <a class="btn" href={`/admin/costs/csv?days=${days}`} download>
          <AdminIcon name="download" />
          Download as CSV
        </a>
      }
    >
      <nav class="chips" aria-label="Period">
        {RANGES.map((each) => (
          <a
            key={each}
            href={`/admin/costs?days=${each}`}
            aria-current={each === days ? "page" : "false"}
          >
            {rangeName(each)}
          </a>
        ))}
      </nav>
      <div class="stack">
        <Totals report={report} forecast={forecast} />
        <div class="table-first">
          <Breakdown title="By tool" of="Tool" lines={tools} total={total} budgets />
          {days === 1
            ? <SpendingChart title="Spent by the hour" unit="Hour" spans={byHour} ceiling={null} />
            : <SpendingChart title="Spent a day" unit="Day" spans={byDay} ceiling={ceiling} />}
        </div>
        <Breakdown title="By model or service" of="Model or service" lines={models} total={total} />
        <Breakdown title="By channel" of="Channel" lines={channels} total={total} />
        <RepliesChart title="Replies by the hour of the day" unit="Hour" spans={byHour} />
        <SavingPanel advice={advice} days={days} />
        <Calculator view={calculator} days={days} />
      </div>
    </AdminPage>
  );
}

function rangeName(days: number): string {
  return days === 1 ? "Today" : `${days} days`;
}

function Totals({ report, forecast }: Pick<CostsPageProps, "report" | "forecast">) {
  const { total, before, days } = report;
  const { month, soFar, perDay, basedOn, expected } = forecast;
  const earlier = days === 1 ? "yesterday" : `the ${days} days before`;
  const simulated = total.simulated === total.spent ? "all" : formatUsd(total.simulated);
  return (
    <dl class="figs three">
      <Fact name="Spent" value={formatUsd(total.spent)}>
        {formatUsd(before)} {earlier}
        {total.simulated > 0n && `; ${simulated} of it simulated`}
      </Fact>
      <Fact
        name="A reply"
        value={total.messages === 0 ? "–" : formatUsd(total.spent / BigInt(total.messages))}
      >
        {count(total.messages)} replies, {rough(total.input + total.output)} tokens
      </Fact>
      <Fact
        name={`End of ${monthName(month)}`}
        value={expected === null ? "–" : `≈ ${formatUsd(expected)}`}
      >
        {formatUsd(soFar)} since the 1st{expected === null
          ? ". A forecast after the first whole day of use"
          : `, ${formatUsd(perDay)} a day over the last ${
            basedOn === 1 ? "whole day" : `${basedOn} whole days`
          }`}
      </Fact>
      <QualityFacts figures={total} unasked="Nothing was asked" unwaited="Nobody waited" />
    </dl>
  );
}
