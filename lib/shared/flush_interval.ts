/** Text of a reply is read and shown this often: an eye cannot tell, and each time costs. */
const STEP_MS = 40;
/** What each reply adds to that when there are many. */
const SHARE_MS = 0.4;
/** However many they are, nobody waits longer for that. */
const LONGEST_MS = 120;

/** Milliseconds between two flushes of a reply's text while so many replies run. */
export function flushIntervalMs(replies: number): number {
  return Math.min(LONGEST_MS, Math.max(STEP_MS, replies * SHARE_MS));
}
