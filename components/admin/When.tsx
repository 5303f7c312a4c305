/** A time in the organisation's time zone, with its machine-readable form. */
export function When({ at, timeZone }: { at: number; timeZone: string }) {
  return <time dateTime={new Date(at).toISOString()}>{formatOf(timeZone).format(at)}</time>;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Cached: constructing a format is far slower than using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en", { timeZone, dateStyle: "medium", timeStyle: "short" });
    formats.set(timeZone, format);
  }
  return format;
}
