const HOUR = new Date().getUTCHours();

/** Hours from UTC to where it is about noon. */
export const NOON_OFFSET = 12 - HOUR;

/** A time zone where it is about noon, so that no day, month or year ends while tests run. */
export const NOON_ZONE = zoneAt(NOON_OFFSET);

/** A time zone where the day has just begun: it is not yet time for the nightly backup. */
export const NIGHT_ZONE = zoneAt(HOUR <= 12 ? -HOUR : 24 - HOUR);

/** The zone so many hours ahead of UTC, whose name has the opposite sign. */
function zoneAt(hours: number): string {
  return `Etc/GMT${hours < 0 ? "+" : "-"}${Math.abs(hours)}`;
}
