import type { Language } from "./languages.ts";

/** The language's formats with the digits 0 to 9, as in the texts of WhatsApp. */
const locale = (language: Language) => `${language}-u-nu-latn`;

/** `30,000`. */
export function formatCount(count: number, language: Language): string {
  return count.toLocaleString(locale(language));
}

const dollars = new Map<string, Intl.NumberFormat>();

/** Dollars with a number of decimals: `$0.0005`. */
export function formatDollars(amount: number, decimals: number, language: Language): string {
  const key = language + decimals;
  let format = dollars.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale(language), {
      style: "currency",
      currency: "USD",
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      useGrouping: false,
    });
    dollars.set(key, format);
  }
  return format.format(amount);
}

/** `16:05`; without a zone in that of the device. */
export function timeFormat(language: Language, timeZone?: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale(language), {
    timeZone,
    timeStyle: "short",
    hourCycle: "h23",
  });
}

const DAY_MS = 24 * 60 * 60_000;

/** `16:05` of today, `Tuesday` within six days, else `March 5`, in another year `March 5, 2025`. */
export function recentTime(
  at: number,
  { language, timeZone, now }: { language: Language; timeZone: string; now: number },
): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale(language), { timeZone, ...options });
  const day = format({ dateStyle: "short" });
  if (day.format(at) === day.format(now)) {
    return format({ timeStyle: "short", hourCycle: "h23" }).format(at);
  }
  if (at < now && now - at < 6 * DAY_MS) return format({ weekday: "long" }).format(at);
  const year = format({ year: "numeric" });
  return format(
    year.format(at) === year.format(now)
      ? { month: "long", day: "numeric" }
      : { dateStyle: "long" },
  ).format(at);
}

/** `Mar 5, 2026`. */
export function dayFormat(language: Language, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale(language), { timeZone, dateStyle: "medium" });
}

/** `Mar 5, 2026, 5:35 PM`. */
export function dateTimeFormat(language: Language, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale(language), {
    timeZone,
    dateStyle: "medium",
    timeStyle: "short",
  });
}
