/** Interval at which a reply's text is read and shown, in ms; imperceptible to a reader. */
const STEP_MS = 40;
/** Added per running reply, in ms. */
const SHARE_MS = 0.4;
/** Upper bound, in ms. */
const LONGEST_MS = 120;

/** Milliseconds between two flushes of a reply's text with this many running replies. */
export function flushIntervalMs(replies: number): number {
  return Math.min(LONGEST_MS, Math.max(STEP_MS, replies * SHARE_MS));
}
