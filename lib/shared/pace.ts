/** Text of a reply is looked for, and shown, this often: an eye cannot tell, and each look costs. */
const STEP_MS = 40;
/** What each reply adds to that when there are many. */
const SHARE_MS = 0.4;
/** However many they are, nobody waits longer for that. */
const LONGEST_MS = 120;

/** Milliseconds in which a reply's text is gathered while so many replies do the same. */
export function gatherMs(replies: number): number {
  return Math.min(LONGEST_MS, Math.max(STEP_MS, replies * SHARE_MS));
}
