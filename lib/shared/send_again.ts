/** From this wait on, a clock time says more than seconds. */
const CLOCK_MS = 120_000;

/**
 * When a message can be sent again, as a sentence: seconds if it is soon, else a clock
 * time in `timeZone`, or without one in the reader's.
 */
export function sendAgain(until: number, now: number, opens: boolean, timeZone?: string): string {
  const left = until - now;
  if (left < CLOCK_MS) return `You can send again in ${Math.max(1, Math.ceil(left / 1000))} s.`;
  const who = opens ? "It opens again" : "You can send again";
  return `${who} at ${clockTime(until, timeZone)}, ${inWords(left)}.`;
}

/** `16:05`. */
export function clockTime(at: number, timeZone?: string): string {
  // The end of a wait comes in whole seconds, rounded up.
  const minute = Math.round(at / 60_000) * 60_000;
  const time = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "short" }).format(minute);
  return timeZone ? `${time} (${timeZone})` : time;
}

export function inWords(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  if (minutes >= 90) return `in ${Math.round(minutes / 60)} hours`;
  return minutes > 1 ? `in ${minutes} minutes` : "in a minute";
}
