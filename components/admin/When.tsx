interface WhenProps {
  at: number;
  timeZone: string;
  /** Only the time of day, under a heading with its day. */
  ofDay?: boolean;
}

/** A time in the organisation's time zone, with its machine-readable form. */
export function When({ at, timeZone, ofDay = false }: WhenProps) {
  return <time dateTime={new Date(at).toISOString()}>{formatOf(timeZone, ofDay).format(at)}</time>;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Cached: constructing a format is far slower than using it. */
function formatOf(timeZone: string, ofDay: boolean): Intl.DateTimeFormat {
  const key = `${timeZone} ${ofDay}`;
  let format = formats.get(key);
  if (!format) {
    format = ofDay
      ? new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "short" })
      : new Intl.DateTimeFormat("en", {
        timeZone,
        dateStyle: "medium",
        timeStyle: "short",
        hourCycle: "h23",
      });
    formats.set(key, format);
  }
  return format;
}
