import { gatherMs, Lateness } from "../../shared/pace.ts";

/** Rests that end within this time end together; not all at once, that others get a turn. */
const SLOT_MS = 2;

/** What goes on when a slot is over. */
const slots = new Map<number, (() => void)[]>();
let resting = 0;
const lateness = new Lateness();

/**
 * Calls `then` after a moment in which a connection gathers what comes in the
 * system's own buffer: reading and showing cost by the look, not by the byte, and
 * with hundreds of replies at once they are most of what those cost. No promise:
 * what waits for one outlives several collections of garbage.
 */
export function rest(then: () => void): void {
  const now = performance.now();
  const number = Math.ceil((now + gatherMs(resting, lateness.mean)) / SLOT_MS);
  const slot = slots.get(number) ?? open(number, number * SLOT_MS - now);
  slot.push(then);
  resting++;
}

function open(number: number, ms: number): (() => void)[] {
  const slot: (() => void)[] = [];
  slots.set(number, slot);
  setTimeout(() => {
    slots.delete(number);
    lateness.note(performance.now() - number * SLOT_MS);
    resting -= slot.length;
    for (const then of slot) then();
  }, ms);
  return slot;
}
