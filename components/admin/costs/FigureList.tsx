import type { ComponentChildren } from "preact";
import { formatUsd } from "../../../lib/shared/money.ts";
import type { DashboardView, ForecastView } from "../../../lib/shared/views/report_view.ts";
import { AlertFold } from "./AlertFold.tsx";
import { CeilingBar } from "./CeilingBar.tsx";
import { Fact } from "./Fact.tsx";
import { count, failedText, goodOf, goodShare, longDay, percent, wholePercent } from "./formats.ts";
import { seconds } from "./formats.ts";
import { Spark } from "./Spark.tsx";
import { RepliesChart } from "./SpanCharts.tsx";
import { ToolsToday } from "./ToolsToday.tsx";

/** Heading: the day of the figures. */
export function todayText({ day, timeZone }: Pick<DashboardView, "day" | "timeZone">): string {
  return `${longDay(day)} (${timeZone})`;
}

export interface FigureListProps {
  view: DashboardView;
  month: ForecastView;
  /** What waits for somebody; read once, when the page opens. */
  needs?: ComponentChildren;
}

/** The overview's live figures. The tree keeps its shape, so that `morph` can update it. */
export function FigureList({ view, month, needs }: FigureListProps) {
  const { timeZone, alerts, tools, byHour, today } = view;
  const said = `${formatUsd(today.spent)} spent today, ${replies(today.messages)}.`;
  const raised = alerts.reduce((sum, alert) => sum + alert.count, 0);
  return (
    <div
      id="figures"
      class="stack"
      data-today={todayText(view)}
      data-said={said}
      data-alerts={raised}
      data-alert={alerts[0]?.text}
    >
      <Today view={view} month={month} />
      <AlertFold alerts={alerts} timeZone={timeZone} />
      <div class="cols lead-list">
        <div data-still>{needs}</div>
        <div class="stack">
          <ToolsToday tools={tools} />
          <RepliesChart title="Replies today, by the hour" unit="Hour" spans={byHour} />
        </div>
      </div>
    </div>
  );
}

function replies(messages: number): string {
  return `${count(messages)} ${messages === 1 ? "reply" : "replies"}`;
}

function Today({ view, month }: Pick<FigureListProps, "view" | "month">) {
  const { today, held, yesterday, ceiling, percent: used, trend } = view;
  const mean = trend.reduce((sum, { spent }) => sum + spent, 0n) / BigInt(trend.length || 1);
  return (
    <dl class="figs">
      <Fact
        hero
        name="Spent today"
        value={formatUsd(today.spent)}
        of={ceiling === null ? undefined : `of ${formatUsd(ceiling)}`}
      >
        {today.messages === 0 ? "Nobody has written today." : `${formatUsd(yesterday)} yesterday.`}
        {held > 0n && ` ${formatUsd(held)} held for replies that are being written.`}
        {used !== null && (
          <CeilingBar
            percent={used}
            label={`${wholePercent(used, today.spent)} of today’s budget used`}
          />
        )}
        <Spark spans={trend} />
        Last {trend.length} days, {formatUsd(mean)} a day on average
      </Fact>
      <Fact name="This month" value={formatUsd(month.soFar)}>
        {month.expected === null
          ? "A forecast after the first whole day of use"
          : `About ${formatUsd(month.expected)} by the end of the month`}
      </Fact>
      <Fact name="Replies" value={count(today.messages)}>
        {today.wait50 === null ? "Nobody waited yet" : `First words after ${seconds(today.wait50)}`}
      </Fact>
      <Fact name="Errors" value={percent(today.errorRate)}>
        {today.errorRate === null ? "Nothing was asked yet" : failedText(today.errors)}
      </Fact>
      <Fact name="Rated good" value={goodOf(today.satisfaction)}>
        {goodShare(today.satisfaction)}
      </Fact>
    </dl>
  );
}
