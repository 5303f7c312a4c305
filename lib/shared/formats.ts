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

/** `16:05`, with the zone's name if given. */
export function clockTime(at: number, language: Language, timeZone?: string): string {
  // Waits end at whole seconds, rounded up.
  const minute = Math.round(at / 60_000) * 60_000;
  const time = new Intl.DateTimeFormat(locale(language), {
    timeZone,
    timeStyle: "short",
    hourCycle: "h23",
  }).format(minute);
  return timeZone ? `${time} (${timeZone})` : time;
}

/** `in 5 minutes`, `in 12 hours`, `in 3 days`. */
export function timeUntil(ms: number, language: Language): string {
  const minutes = Math.ceil(ms / 60_000);
  const format = new Intl.RelativeTimeFormat(locale(language));
  return minutes < 90
    ? format.format(minutes, "minute")
    : minutes < 1440
    ? format.format(Math.round(minutes / 60), "hour")
    : format.format(Math.ceil(minutes / 1440), "day");
}

/** `Mar 5, 2026, 5:35 PM`. */
export function dateTimeFormat(language: Language, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale(language), {
    timeZone,
    dateStyle: "medium",
    timeStyle: "short",
  });
}
