const dayAndMonth = { day: "numeric", month: "long" } as const;
const ofDays = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...dayAndMonth });
const shortOfDays = new Intl.DateTimeFormat("en-GB", {
  timeZone: "UTC",
  day: "numeric",
  month: "short",
});

const DAY_MS = 24 * 60 * 60_000;

/** A time as `12 October`, in the organisation's time zone. */
export const dateOf = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone, ...dayAndMonth }).format(at);

/** `2026-10-12` as `12 October`. */
export const dateOfDay = (day: string): string => ofDays.format(Date.parse(day));

/** `2026-10-12` as `12 Oct`. */
export const shortDateOfDay = (day: string): string => shortOfDays.format(Date.parse(day));

/** Number of a day, from 1 on the first. */
export const dayNumber = (day: string, first: string): number =>
  Math.round((Date.parse(day) - Date.parse(first)) / DAY_MS) + 1;
