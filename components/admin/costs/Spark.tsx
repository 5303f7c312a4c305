import { formatUsd } from "../../../lib/shared/money.ts";
import type { Span } from "../../../lib/shared/views/report_view.ts";
import { spanDay } from "./formats.ts";

const HEIGHT = 56;

/** The spending of some days as bars without an axis; the last, today, is solid. */
export function Spark({ spans }: { spans: readonly Span[] }) {
  const most = Math.max(1, ...spans.map(({ spent }) => Number(spent)));
  const slot = 100 / spans.length;
  return (
    <svg class="spark" height={HEIGHT} role="img" aria-label={summaryOf(spans)}>
      {spans.map(({ label, spent }, i) => {
        // A day without spending keeps its place with a line.
        const height = Math.max(1.5, HEIGHT * Number(spent) / most);
        return (
          <rect
            key={i}
            class={i === spans.length - 1 ? "part" : "part pale"}
            x={`${(slot * i).toFixed(2)}%`}
            width={`${(slot * 0.72).toFixed(2)}%`}
            y={(HEIGHT - height).toFixed(1)}
            height={height.toFixed(1)}
            rx="2"
          >
            <title>{`${spanDay(label, spans)}: ${formatUsd(spent)}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

function summaryOf(spans: readonly Span[]): string {
  const total = spans.reduce((sum, { spent }) => sum + spent, 0n);
  const most = spans.reduce<Span | null>(
    (found, span) => span.spent > (found?.spent ?? 0n) ? span : found,
    null,
  );
  if (most === null) return "Spent a day. Nothing was spent.";
  return `Spent a day. ${formatUsd(total)} in all; the most, ${formatUsd(most.spent)}, ${
    spanDay(most.label, spans)
  }.`;
}
