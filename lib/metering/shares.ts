import { addToShare, atLeast, type ShareDay, shareOn } from "./rules/shares.ts";
import { meteringKeys } from "./records.ts";
import type { Key } from "../store/key.ts";
import type { VisitorRecords } from "../people/visitors.ts";
import type { Transactions, Tx } from "../store/transactions.ts";

/** Keys that {@link joinShares} reads. */
export function readsToJoinShares(from: string, to: string): Key<ShareDay>[] {
  return [meteringKeys.personShare(from), meteringKeys.personShare(to)];
}

/** Moves a visitor's use of a day into the share of another visitor of the same person. */
export function joinShares(tx: Tx, from: string, to: string): void {
  const fromKey = meteringKeys.personShare(from), toKey = meteringKeys.personShare(to);
  const gone = tx.get(fromKey), kept = tx.get(toKey);
  if (gone === null) return;
  tx.delete(fromKey);
  const later = kept !== null && kept.day > gone.day ? kept : gone;
  let joined = { ...shareOn(kept, later.day), since: gone.since };
  if (kept !== null && kept.since < gone.since) joined = { ...joined, since: kept.since };
  if (gone.day === joined.day) {
    const tools = Object.entries(gone.tools);
    for (const [tool, used] of tools) joined = addToShare(joined, tool, used);
    joined = addToShare(joined, undefined, gone.all);
  }
  tx.set(toKey, joined);
}

/** Shares of the day, as a part of visitors' records. */
export function visitorShares(transactions: Transactions): VisitorRecords {
  return {
    deleteVisitor: async (visitor) => {
      await transactions.run([], (tx) => tx.delete(meteringKeys.personShare(visitor)));
      return { erased: 0, done: true };
    },
  };
}

/** Keys that {@link carryShare} reads. */
export function readsToCarryShare(visitors: Iterable<string>): Key<ShareDay>[] {
  return [...new Set(visitors)].map((visitor) => meteringKeys.personShare(visitor));
}

/**
 * Copies a visitor's use of a day to another visitor of the same person.
 * Needed while, or since, a phone is linked: linking must not yield a fresh share.
 */
export function carryShare(tx: Tx, from: string, to: string): void {
  const used = tx.get(meteringKeys.personShare(from)), key = meteringKeys.personShare(to);
  if (used === null || from === to) return;
  const before = tx.get(key);
  // A later day does not include it.
  if (before !== null && before.day > used.day) return;
  tx.set(key, atLeast(shareOn(before, used.day), used));
}
