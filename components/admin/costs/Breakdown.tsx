import { formatUsd } from "../../../lib/shared/money.ts";
import type { Figures, ReportLine } from "../../../lib/shared/views/report_view.ts";
import { CeilingBar } from "./CeilingBar.tsx";
import { count, goodOf, percent, seconds, wholePercent } from "./formats.ts";

interface BreakdownProps {
  title: string;
  /** Heading of the first column. */
  of: string;
  lines: readonly ReportLine[];
  total: Figures;
  /** Whether a line names its most expensive day and its budget. */
  budgets?: boolean;
}

/** Table of costs and quality, most expensive first; cards on phones. */
export function Breakdown({ title, of, lines, total, budgets = false }: BreakdownProps) {
  return (
    <section class="panel">
      <header>
        <h2>{title}</h2>
      </header>
      {lines.length === 0
        ? <p class="pad meta">Nothing was spent in these days.</p>
        : (
          <table class="t cards c3" role="table">
            <caption class="sr">Costs, {title.toLowerCase()}</caption>
            <thead role="rowgroup">
              <tr role="row">
                <th scope="col" role="columnheader">{of}</th>
                {COLUMNS.map((name) => (
                  <th
                    key={name}
                    scope="col"
                    role="columnheader"
                    class={name === "Part" ? undefined : "n"}
                  >
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {lines.map((line) => (
                <tr key={line.name} role="row">
                  <th scope="row" role="rowheader">
                    {line.label}
                    {budgets && <span class="meta peak">{peakText(line)}</span>}
                  </th>
                  <Cells figures={line.figures} share={line.share} />
                </tr>
              ))}
            </tbody>
            <tfoot role="rowgroup">
              <tr role="row">
                <th scope="row" role="rowheader">Together</th>
                <Cells figures={total} share={null} />
              </tr>
            </tfoot>
          </table>
        )}
    </section>
  );
}

const COLUMNS = ["Spent", "Part", "Replies", "Errors", "First words", "Rated good"] as const;

function Cells({ figures, share }: { figures: Figures; share: number | null }) {
  const { spent, messages, errorRate, wait50, wait95, satisfaction } = figures;
  return (
    <>
      <td role="cell" class="n" data-l="Spent">{formatUsd(spent)}</td>
      <td role="cell" class="off" data-l="Part">
        {share !== null && (
          <CeilingBar percent={share} plain label={`${wholePercent(share, spent)} of all`} />
        )}
      </td>
      <td role="cell" class="n" data-l="Replies">{count(messages)}</td>
      <td role="cell" class="n" data-l="Errors">{percent(errorRate)}</td>
      <td role="cell" class="n" data-l="First words">
        {seconds(wait50)}
        {wait95 !== null && <span class="meta">{` p95 ${seconds(wait95)}`}</span>}
      </td>
      <td role="cell" class="n" data-l="Rated good">{goodOf(satisfaction)}</td>
    </>
  );
}

function peakText({ peak, ceiling, peakPercent }: ReportLine): string {
  return ceiling === null
    ? `Highest day ${formatUsd(peak)}, no budget`
    : `Highest day ${formatUsd(peak)} of ${formatUsd(ceiling)}, ${
      wholePercent(peakPercent ?? 0, peak)
    }`;
}
