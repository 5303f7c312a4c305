import type { Log } from "./log.ts";

/** At most one line of a message in this time, in ms. */
const QUIET_MS = 60_000;

/**
 * A log for what is repeated at an interval: each message is written at once, then at most once a
 * minute, with the number of `times` since its last line. An outage of hours fills no disk.
 */
export function sparingLog(log: Log, now: () => number = () => performance.now()): Log {
  const told = new Map<string, { at: number; since: number }>();
  return (level, message, details = {}) => {
    const last = told.get(message) ?? { at: -Infinity, since: 0 };
    last.since++;
    if (now() - last.at >= QUIET_MS) {
      log(level, message, last.since === 1 ? details : { ...details, times: last.since });
      last.at = now();
      last.since = 0;
    }
    told.set(message, last);
  };
}
