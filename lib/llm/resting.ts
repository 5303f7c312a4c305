import { gatherMs } from "../shared/pace.ts";

/** Rests that end within this time end together; not all at once, that others get a turn. */
const SLOT_MS = 5;

interface Slot {
  resting: number;
  over: PromiseWithResolvers<void>;
}

const slots = new Map<number, Slot>();
let resting = 0;

/**
 * Resolves after a moment in which a connection gathers what comes in the
 * system's own buffer: reading and showing cost by the look, not by the byte, and
 * with hundreds of replies at once they are most of what those cost.
 */
export function rest(): Promise<void> {
  const now = performance.now();
  const number = Math.ceil((now + gatherMs(resting)) / SLOT_MS);
  const slot = slots.get(number) ?? open(number, number * SLOT_MS - now);
  slot.resting++;
  resting++;
  return slot.over.promise;
}

function open(number: number, ms: number): Slot {
  const slot: Slot = { resting: 0, over: Promise.withResolvers() };
  slots.set(number, slot);
  setTimeout(() => {
    slots.delete(number);
    resting -= slot.resting;
    slot.over.resolve();
  }, ms);
  return slot;
}
