const dayAndMonth = { day: "numeric", month: "long" } as const;
const shortOfDays = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  day: "numeric",
  month: "short",
});

const DAY_MS = 24 * 60 * 60_000;

/** The organisation's time zone, and the time there. */
export interface AdminNow {
  timeZone: string;
  now: number;
}

/** A time as `12 October`, or `12 October 2025` in another year, in the organisation's time zone. */
export function dateOf(at: number, { timeZone, now }: AdminNow): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
  const year = format({ year: "numeric" });
  const isThis = year.format(at) === year.format(now);
  return format(isThis ? dayAndMonth : { ...dayAndMonth, year: "numeric" }).format(at);
}

/** The same of a day such as `2026-10-12`. */
export const dateOfDay = (day: string, { timeZone, now }: AdminNow): string => {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone }).format(now);
  return dateOf(Date.parse(day), { timeZone: "UTC", now: Date.parse(today) });
};

/** `2026-10-12` as `12 Oct`. */
export const shortDateOfDay = (day: string): string => shortOfDays.format(Date.parse(day));

/** Number of a day, from 1 on the first. */
export const dayNumber = (day: string, first: string): number =>
  Math.round((Date.parse(day) - Date.parse(first)) / DAY_MS) + 1;
