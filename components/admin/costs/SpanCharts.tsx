import { formatUsd, usdString } from "../../../lib/shared/money.ts";
import type { Span } from "../../../lib/shared/views/report_view.ts";
import { BarChart } from "./BarChart.tsx";
import { count, seconds, shortDay, spanDay } from "./formats.ts";

interface SpanChartProps {
  title: string;
  /** Time span of a bar. */
  unit: "Day" | "Hour";
  spans: readonly Span[];
}

/** Costs by day or hour. */
export function SpendingChart(props: SpanChartProps & { ceiling: bigint | null }) {
  const { title, unit, spans, ceiling } = props;
  const total = spans.reduce((sum, { spent }) => sum + spent, 0n);
  const dearest = spans.reduce<Span | null>(
    (most, span) => span.spent > (most?.spent ?? 0n) ? span : most,
    null,
  );
  return (
    <BarChart
      title={title}
      named={unit === "Hour" ? "first" : "last"}
      summary={dearest === null
        ? "Nothing was spent."
        : `${formatUsd(total)} in all; the most, ${formatUsd(dearest.spent)}, ${
          spanDay(dearest.label, spans)
        }.`}
      bars={spans.map(({ label, spent }) => ({
        name: shortDay(label),
        value: Number(spent),
        text: `${spanDay(label, spans)}: ${formatUsd(spent)}`,
      }))}
      tick={(value) => value === 0 ? "$0" : `$${usdString(BigInt(Math.round(value)))}`}
      limit={ceiling === null
        ? null
        : { value: Number(ceiling), text: `Budget ${formatUsd(ceiling)}` }}
    >
      <SpanTable unit={unit} title={title} spans={spans} />
    </BarChart>
  );
}

/** Replies and errors by day or hour. */
export function RepliesChart({ title, unit, spans }: SpanChartProps) {
  const total = spans.reduce((sum, { messages }) => sum + messages, 0);
  const errors = spans.reduce((sum, { errors }) => sum + (errors ?? 0), 0);
  return (
    <BarChart
      title={title}
      named={unit === "Hour" ? "first" : "last"}
      summary={`${count(total)} replies and ${count(errors)} errors.`}
      bars={spans.map(({ label, messages, errors }) => ({
        name: shortDay(label),
        value: messages,
        bad: errors ?? 0,
        text: `${spanDay(label, spans)}: ${count(messages)} replies, ${count(errors ?? 0)} errors`,
      }))}
      tick={(value) => Number.isInteger(value) ? count(value) : ""}
    >
      <SpanTable unit={unit} title={title} spans={spans} />
    </BarChart>
  );
}

function SpanTable({ unit, title, spans }: SpanChartProps) {
  const more = spans.some(({ errors }) => errors !== null);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={`${title}, as a table`}>
      <table class="t">
        <thead>
          <tr>
            <th scope="col">{unit}</th>
            <th scope="col" class="n">Spent</th>
            <th scope="col" class="n">Replies</th>
            {more && <th scope="col" class="n">Errors</th>}
            {more && <th scope="col" class="n">Time to first word</th>}
          </tr>
        </thead>
        <tbody>
          {spans.map(({ label, spent, messages, errors, wait50 }) => (
            <tr key={label}>
              <th scope="row">{spanDay(label, spans)}</th>
              <td class="n">{formatUsd(spent)}</td>
              <td class="n">{count(messages)}</td>
              {more && <td class="n">{count(errors ?? 0)}</td>}
              {more && <td class="n">{seconds(wait50)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
