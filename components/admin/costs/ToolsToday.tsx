import { formatUsd } from "../../../lib/shared/money.ts";
import type { ToolToday } from "../../../lib/shared/views/report_view.ts";
import { CeilingBar } from "./CeilingBar.tsx";
import { count, goodOf, wholePercent } from "./formats.ts";

/** The tools that were used today, most expensive first. */
export function ToolsToday({ tools }: { tools: readonly ToolToday[] }) {
  const used = tools.filter(({ messages, spent, held }) => messages > 0 || spent > 0n || held > 0n)
    .sort((a, b) => Number(b.spent - a.spent));
  const unused = tools.filter((tool) => tool.active && !used.includes(tool)).length;
  return (
    <section class="panel">
      <header>
        <h2>Tools by spend, today</h2>
      </header>
      {used.length === 0
        ? <p class="pad meta">Nobody has written today.</p>
        : (
          <table class="t cards c3 by-spend" role="table">
            <caption class="sr">Tools by spend, today</caption>
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col" role="columnheader">Tool</th>
                <th scope="col" role="columnheader" class="n">Spent</th>
                <th scope="col" role="columnheader">Budget</th>
                <th scope="col" role="columnheader" class="n">Replies</th>
                <th scope="col" role="columnheader" class="n">Rated good</th>
              </tr>
            </thead>
            <tbody role="rowgroup">{used.map((tool) => <Line key={tool.id} tool={tool} />)}</tbody>
          </table>
        )}
      <div class="foot">
        <a href="/admin/costs">All costs</a>
        <span>{unusedText(unused)}</span>
      </div>
    </section>
  );
}

function Line({ tool }: { tool: ToolToday }) {
  const { id, label, active, spent, held, ceiling, percent, messages, satisfaction } = tool;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <a href={`/admin/tools/${id}`}>{label}</a> {!active && <span class="chip">Hidden</span>}
      </th>
      <td role="cell" class="n" data-l="Spent">
        {formatUsd(spent)}
        {held > 0n && <span class="meta">{`and ${formatUsd(held)} held`}</span>}
      </td>
      <td role="cell" class="off" data-l="Budget">
        {ceiling === null ? <span class="meta">none</span> : (
          <CeilingBar
            percent={percent ?? 0}
            label={`${wholePercent(percent ?? 0, spent)} of ${formatUsd(ceiling)}`}
          />
        )}
      </td>
      <td role="cell" class="n" data-l="Replies">{count(messages)}</td>
      <td role="cell" class="n" data-l="Rated good">{goodOf(satisfaction)}</td>
    </tr>
  );
}

function unusedText(tools: number): string {
  if (tools === 0) return "";
  return tools === 1 ? "1 live tool had no reply today" : `${tools} live tools had no reply today`;
}
