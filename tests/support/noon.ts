/** Hours from UTC to where it is about noon. */
export const NOON_OFFSET = 12 - new Date().getUTCHours();

/** A time zone where it is about noon, so that no day, month or year ends while tests run. */
export const NOON_ZONE = `Etc/GMT${NOON_OFFSET < 0 ? "+" : "-"}${Math.abs(NOON_OFFSET)}`;
