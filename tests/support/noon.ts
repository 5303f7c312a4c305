/** Hours from UTC to where it is about noon. */
export const NOON_OFFSET = 12 - new Date().getUTCHours();

/** A time zone where it is about noon, so that no day, month or year ends while tests run. */
export const NOON_ZONE = `Etc/GMT${NOON_OFFSET < 0 ? "+" : "-"}${Math.abs(NOON_OFFSET)}`;

const hour = new Date().getUTCHours();

/** A time zone where the day has just begun: it is not yet time for the nightly backup. */
export const NIGHT_ZONE = hour <= 12 ? `Etc/GMT+${hour}` : `Etc/GMT-${24 - hour}`;
