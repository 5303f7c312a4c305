/** Text of a reply is looked for, and shown, this often: an eye cannot tell, and each look costs. */
const STEP_MS = 40;
/** What each reply adds to that when there are many. */
const SHARE_MS = 0.4;
/** However many they are, nobody waits longer for that. */
const LONGEST_MS = 120;
/** What each millisecond adds by which this process is late: fewer looks are what lets it catch up. */
const LATE_SHARE = 4;
const MOST_FOR_LATE_MS = 280;

/**
 * Milliseconds in which a reply's text is gathered while so many replies do the same.
 * @param lateMs how late this process is with what it does by the clock, see {@link Lateness}
 */
export function gatherMs(replies: number, lateMs = 0): number {
  return Math.min(LONGEST_MS, Math.max(STEP_MS, replies * SHARE_MS)) +
    Math.min(MOST_FOR_LATE_MS, lateMs * LATE_SHARE);
}

/** Of how many timers the last ones count for most. */
const TIMERS = 32;

/** How late timers fire of late: some milliseconds where there is more to do than time for it. */
export class Lateness {
  /** Milliseconds. */
  mean = 0;

  /** Notes that something fired so long after it was due. */
  note(ms: number): void {
    this.mean += (Math.max(0, ms) - this.mean) / TIMERS;
  }
}
