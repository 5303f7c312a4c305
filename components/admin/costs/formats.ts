import type { Satisfaction } from "../../../lib/shared/views/report_view.ts";

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat("en");
const dayOfYear = new Intl.DateTimeFormat("en", {
  timeZone: "UTC",
  day: "numeric",
  month: "short",
});
const dateOfYear = new Intl.DateTimeFormat("en", { timeZone: "UTC", dateStyle: "medium" });
const monthOfYear = new Intl.DateTimeFormat("en", {
  timeZone: "UTC",
  month: "long",
  year: "numeric",
});

/** `1,234` */
export const count = (value: number): string => whole.format(value);

/** `1.2M` */
export const rough = (value: number): string => compact.format(value);

/** A ratio from 0 to 1 as percent; "–" for null, "<0.1%" for a tiny one. */
export function percent(share: number | null): string {
  if (share === null) return "–";
  if (share > 0 && share < 0.001) return "<0.1%";
  return `${(share * 100).toFixed(share < 0.1 && share > 0 ? 1 : 0)}%`;
}

/** A percentage that was rounded down; "<1%" instead of 0% of an amount. */
export const wholePercent = (rounded: number, of: bigint): string =>
  rounded === 0 && of > 0n ? "<1%" : `${rounded}%`;

/** `12 of 15` rated replies were good; "–" for none. */
export function goodOf({ up, down }: Satisfaction): string {
  return up + down === 0 ? "–" : `${count(up)} of ${count(up + down)}`;
}

/** Percentage of good ratings with its confidence interval. */
export function goodShare({ up, down, range }: Satisfaction): string {
  if (range === null) return "Nothing was rated yet";
  const bound = (share: number) => Math.round(share * 100);
  return `${bound(up / (up + down))}%, likely between ${bound(range.low)}% and ${
    bound(range.high)
  }%`;
}

/** Milliseconds as seconds; "–" for null. */
export function seconds(ms: number | null): string {
  if (ms === null) return "–";
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

/** `2026-06-15` as `Jun 15`, beside a day of another year `Jun 15, 2026`; other labels unchanged. */
export function shortDay(label: string, other = label): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(label)) return label;
  const isSame = label.slice(0, 4) === other.slice(0, 4);
  return (isSame ? dayOfYear : dateOfYear).format(Date.parse(label));
}

/** The same of a span among others, beside the last of them. */
export function spanDay(label: string, spans: readonly { label: string }[]): string {
  return shortDay(label, spans.at(-1)?.label);
}

const longDayFormat = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  weekday: "long",
  day: "numeric",
  month: "long",
});

/** `2026-06-15` as `Monday 15 June`. */
export const longDay = (day: string): string =>
  longDayFormat.format(Date.parse(day)).replace(",", "");

/** `09:05`, in the organisation's time zone. */
export const hourText = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "short" }).format(at);

/** `2026-06` as `June 2026`. */
export const monthName = (month: string): string => monthOfYear.format(Date.parse(`${month}-01`));

export function failedText(errors: number): string {
  if (errors === 0) return "No turn failed";
  return errors === 1 ? "1 turn failed" : `${count(errors)} turns failed`;
}
