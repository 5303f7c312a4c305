import type { MemoryMark } from "../records.ts";

/** A conversation without a message for this long is over, as far as its note is concerned. */
const IDLE_MS = 30 * 60_000;

/** Whether a conversation is to be noted now; `ended` when another one was begun since. */
export function isDue(
  { at, notBefore, claim }: Pick<MemoryMark, "at" | "notBefore" | "claim">,
  now: number,
  ended: boolean,
): boolean {
  return claim === null && notBefore <= now && (ended || now - at >= IDLE_MS);
}
