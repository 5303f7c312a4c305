import { formatUsd } from "../../../lib/shared/money.ts";
import type { ReportLine } from "../../../lib/shared/views/report_view.ts";
import { CeilingBar } from "./CeilingBar.tsx";
import { count, goodOf, percent, rough, seconds, wholePercent } from "./formats.ts";

interface BreakdownProps {
  title: string;
  /** Heading of the first column. */
  of: string;
  lines: readonly ReportLine[];
  days: number;
  ceilings?: boolean;
}

/** Table of costs and quality, most expensive first. */
export function Breakdown({ title, of, lines, days, ceilings = false }: BreakdownProps) {
  return (
    <>
      <h2>{title}</h2>
      {lines.length === 0
        ? <p class="note">Nothing was spent in this time.</p>
        : (
          <div class="table-scroll" tabIndex={0} role="region" aria-label={`Costs of ${title}`}>
            <table class="grid figures dense">
              <thead>
                <tr>
                  <th scope="col">{of}</th>
                  <th scope="col">Spent</th>
                  <th scope="col">Share</th>
                  <th scope="col">Replies</th>
                  <th scope="col">Tokens in</th>
                  <th scope="col">Tokens out</th>
                  <th scope="col">Errors</th>
                  <th scope="col">Time to first word</th>
                  <th scope="col">Time to first word, p95</th>
                  <th scope="col">Rated good</th>
                  {ceilings && (
                    <th scope="col">{days === 1 ? "Of its ceiling" : "Most expensive day"}</th>
                  )}
                </tr>
              </thead>
              <tbody>
                {lines.map((line) => <Line key={line.name} line={line} ceilings={ceilings} />)}
              </tbody>
            </table>
          </div>
        )}
    </>
  );
}

function Line({ line, ceilings }: { line: ReportLine; ceilings: boolean }) {
  const { label, figures, share } = line;
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{formatUsd(figures.spent)}</td>
      <td class="drawn">
        {wholePercent(share, figures.spent)}
        <CeilingBar percent={share} plain />
      </td>
      <td>{count(figures.messages)}</td>
      <td>{rough(figures.input)}</td>
      <td>{rough(figures.output)}</td>
      <td>{percent(figures.errorRate)}</td>
      <td>{seconds(figures.wait50)}</td>
      <td>{seconds(figures.wait95)}</td>
      <td>{goodOf(figures.satisfaction)}</td>
      {ceilings && <Peak line={line} />}
    </tr>
  );
}

function Peak({ line: { peak, peakPercent, ceiling } }: { line: ReportLine }) {
  if (ceiling === null) return <td>{formatUsd(peak)}, no ceiling</td>;
  return (
    <td class="drawn">
      {formatUsd(peak)} of {formatUsd(ceiling)}
      <CeilingBar percent={peakPercent ?? 0} />
    </td>
  );
}
