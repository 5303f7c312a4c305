import { formatUsd } from "../../../lib/shared/money.ts";
import type { DashboardView, ToolToday } from "../../../lib/shared/views/report_view.ts";
import { When } from "../When.tsx";
import { CeilingBar } from "./CeilingBar.tsx";
import { Fact } from "./Fact.tsx";
import { count, goodOf, percent, rough, wholePercent } from "./formats.ts";
import { QualityFacts } from "./QualityFacts.tsx";
import { RepliesChart, SpendingChart } from "./SpanCharts.tsx";

/** Heading: the day of the figures. */
export function todayText({ day, timeZone }: Pick<DashboardView, "day" | "timeZone">): string {
  return `Today, ${day} (${timeZone})`;
}

/** The overview's live figures. The tree keeps its shape, so that `morph` can update it. */
export function FigureList({ view }: { view: DashboardView }) {
  const { timeZone, alerts, tools, trend, byHour, ceiling, today } = view;
  const said = `${formatUsd(today.spent)} spent today, ${replies(today.messages)}.`;
  const raised = alerts.reduce((sum, alert) => sum + alert.count, 0);
  return (
    <div id="figures" data-today={todayText(view)} data-said={said} data-alerts={raised}>
      <Today view={view} />
      <Alerts alerts={alerts} timeZone={timeZone} />
      <div class="charts">
        <SpendingChart title="Spent a day" unit="Day" spans={trend} ceiling={ceiling} />
        <RepliesChart title="Replies today, by the hour" unit="Hour" spans={byHour} />
      </div>
      <h2>Tools today</h2>
      <ul class="rows ceilings">
        {tools.map((tool) => <ToolRow key={tool.id} tool={tool} />)}
      </ul>
    </div>
  );
}

function replies(messages: number): string {
  return `${count(messages)} ${messages === 1 ? "reply" : "replies"}`;
}

function Today({ view: { today, held, yesterday, ceiling, percent: used } }: {
  view: DashboardView;
}) {
  return (
    <dl class="facts">
      <Fact name="Spent" value={formatUsd(today.spent)}>
        {used === null ? "No ceiling for all tools" : (
          <>
            <CeilingBar percent={used} />
            {wholePercent(used, today.spent)} of {formatUsd(ceiling ?? 0n)}
          </>
        )}
        {held > 0n && ` · ${formatUsd(held)} held`}
      </Fact>
      <Fact name="Yesterday" value={formatUsd(yesterday)}>the whole day</Fact>
      <Fact name="Replies" value={count(today.messages)}>
        {rough(today.input)} tokens in, {rough(today.output)} out
      </Fact>
      <QualityFacts figures={today} unasked="nothing was asked yet" unwaited="nobody waited yet" />
    </dl>
  );
}

function Alerts({ alerts, timeZone }: Pick<DashboardView, "alerts" | "timeZone">) {
  return (
    <section aria-labelledby="alerts" hidden={alerts.length === 0}>
      <h2 id="alerts">Alerts</h2>
      <ul class="rows alerts">
        {alerts.map(({ at, text, reached }) => (
          <li key={text} class={reached ? "bad" : "near"}>
            <p>{text}</p>
            <p class="meta">
              <When at={at} timeZone={timeZone} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ToolRow({ tool }: { tool: ToolToday }) {
  const { id, label, active, spent, held, ceiling, percent: used, messages, errorRate } = tool;
  const { satisfaction } = tool;
  return (
    <li>
      <p class="title">
        <a href={`/admin/tools/${id}`}>{label}</a>
        {!active && <span class="tag">Off</span>}
      </p>
      <p class="amount">
        {formatUsd(spent)}
        <span class="meta">
          {ceiling === null
            ? " no ceiling"
            : ` of ${formatUsd(ceiling)}, ${wholePercent(used ?? 0, spent)}`}
          {held > 0n && `, ${formatUsd(held)} held`}
        </span>
      </p>
      {ceiling !== null && <CeilingBar percent={used ?? 0} />}
      <p class="meta">
        {replies(messages)}
        {errorRate !== null && errorRate > 0 && `, ${percent(errorRate)} errors`}
        {satisfaction.range !== null && `, ${goodOf(satisfaction)} rated good`}
      </p>
    </li>
  );
}
