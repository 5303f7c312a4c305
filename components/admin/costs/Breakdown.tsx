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
  const used = lines.filter(isUsed);
  const unused = lines.length - used.length;
  return (
    <section class="panel">
      <header>
        <h2>{title}</h2>
      </header>
      {used.length === 0
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
              {used.map((line) => (
                <tr key={line.name} role="row">
                  <th scope="row" role="rowheader">
                    {LABELS[line.name] ?? line.label}
                    {budgets && <span class="meta">{peakText(line)}</span>}
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
      {used.length > 0 && unused > 0 && (
        <p class="foot">{unused === 1 ? "1 other was" : `${unused} others were`} not used.</p>
      )}
    </section>
  );
}

function isUsed({ figures: { spent, messages, errors } }: ReportLine): boolean {
  return spent > 0n || messages > 0 || errors > 0;
}

/** Parts that are stored by an internal name. */
const LABELS: Record<string, string> = {
  "(none)": "No tool",
  "whatsapp-message": "WhatsApp messages",
  web: "Page",
  whatsapp: "WhatsApp",
  api: "API",
};

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
        {wait95 !== null && <span class="meta">{`p95 ${seconds(wait95)}`}</span>}
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
