import type { Language } from "../../../lib/shared/languages.ts";

const HOUR = 60 * 60_000;

/** Names of days: today, yesterday, else the date. */
export function dayNames(
  { language, timeZone, now }: { language: Language; timeZone: string; now: number },
): (at: number) => string {
  const locale = `${language}-u-nu-latn`;
  const format = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: "long" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const today = format.format(now);
  // Days of a clock change have 23 or 25 hours.
  let before = now;
  while (format.format(before) === today) before -= HOUR;
  const yesterday = format.format(before);
  return (at) => {
    const day = format.format(at);
    if (day === today) return relative.format(0, "day");
    return day === yesterday ? relative.format(-1, "day") : day;
  };
}
