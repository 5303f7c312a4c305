import type { Key } from "../../store/key.ts";
import type { Tx } from "../../store/transactions.ts";
import { type ArmDay, armDay, type Participation } from "../records.ts";

/** A variant's day on which nothing has happened yet. */
export const EMPTY_ARM_DAY: ArmDay = {
  people: 0,
  up: 0,
  down: 0,
  reached: 0,
  conversations: 0,
  turns: 0,
  failed: 0,
  failedFirst: 0,
  sawTwo: 0,
  degraded: 0,
  failedOver: 0,
  refused: 0,
  waits: 0,
  waitedMs: 0,
};

/** Adds to the counts of a variant's day; negative numbers are taken out. */
export function addToDay(tx: Tx, key: Key<ArmDay>, change: Partial<ArmDay>): void {
  const day = { ...tx.get(key) ?? EMPTY_ARM_DAY };
  for (const count of armDay.keyof().options) {
    day[count] = Math.max(0, day[count] + (change[count] ?? 0));
  }
  tx.set(key, day);
}

/** Counts the goal of a person who has not reached it before, on the day of their first turn. */
export function countGoal(
  tx: Tx,
  person: Participation,
  dayOf: (day: string, letter: string) => Key<ArmDay>,
): Participation {
  if (person.reached) return person;
  addToDay(tx, dayOf(person.day, person.letter), { reached: 1 });
  return { ...person, reached: true };
}
