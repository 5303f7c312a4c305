/** The organisation's days: the day of an instant, and when that day ends. */
export interface Calendar {
  readonly timeZone: string;
  /** The day of an instant (ms since 1970) as `YYYY-MM-DD`. */
  dayOf(now: number): string;
  /** Local hour, 0 to 23. */
  hourOf(now: number): number;
  /** The first instant of the next day. Daylight saving makes days of 23 and 25 hours. */
  endOfDay(now: number): number;
  /** The first instant of a day given as `YYYY-MM-DD`. */
  startOf(day: string): number;
}

const HOUR = 3_600_000;
/** All zones' offsets are multiples of a quarter of an hour. */
const QUARTER = HOUR / 4;

/**
 * Days in an IANA time zone. The current day is cached until it ends, so that a busy server does
 * not format a date for each message.
 */
export function createCalendar(timeZone: string): Calendar {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  const hourFormat = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit" });
  const dayAt = (at: number): string => format.format(at);
  let from = 0, until = 0, day = "";
  let quarter = NaN, hour = 0;

  function look(now: number): void {
    if (now >= from && now < until) return;
    day = dayAt(now);
    from = now;
    until = firstInstantAfter(now, (at) => dayAt(at) !== day);
  }
  return {
    timeZone,
    dayOf(now) {
      look(now);
      return day;
    },
    hourOf(now) {
      const current = Math.floor(now / QUARTER);
      if (current !== quarter) {
        quarter = current;
        hour = Number(hourFormat.format(now)) % 24;
      }
      return hour;
    },
    endOfDay(now) {
      look(now);
      return until;
    },
    // No zone is more than 14 hours ahead of UTC.
    startOf: (day) =>
      firstInstantAfter(Date.parse(`${day}T00:00:00Z`) - 14 * HOUR - 1, (at) => dayAt(at) >= day),
  };
}

/** The days of a span that ends with `day`, oldest first. Pure date arithmetic, no time zone. */
export function daysUntil(day: string, count: number): string[] {
  const last = Date.parse(`${day}T00:00:00Z`);
  return Array.from(
    { length: count },
    (_, i) => new Date(last - (count - 1 - i) * 24 * HOUR).toISOString().slice(0, 10),
  );
}

/** Bisects to the first millisecond at which `passed` holds; it must hold within 28 hours. */
function firstInstantAfter(now: number, passed: (at: number) => boolean): number {
  let low = now, high = now + 28 * HOUR;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (passed(middle)) high = middle;
    else low = middle;
  }
  return high;
}
