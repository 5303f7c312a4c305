import { addToShare, atLeast, type ShareDay, shareOn } from "./rules/shares.ts";
import { meteringKeys } from "./records.ts";
import type { Key } from "../store/key.ts";
import type { VisitorRecords } from "../people/visitors.ts";
import type { Transactions, Tx } from "../store/transactions.ts";

/** A person's shares: of the day, and of the month. */
const SHARES = [meteringKeys.personShare, meteringKeys.personMonth];

/** Keys that {@link joinShares} reads. */
export function readsToJoinShares(from: string, to: string): Key<ShareDay>[] {
  return SHARES.flatMap((share) => [share(from), share(to)]);
}

/** Moves a visitor's use of a day and month into the shares of another visitor of the same person. */
export function joinShares(tx: Tx, from: string, to: string): void {
  for (const share of SHARES) joinShare(tx, share(from), share(to));
}

function joinShare(tx: Tx, fromKey: Key<ShareDay>, toKey: Key<ShareDay>): void {
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
      await transactions.run([], (tx) => {
        for (const share of SHARES) tx.delete(share(visitor));
      });
      return { erased: 0, done: true };
    },
  };
}

/** Keys that {@link carryShare} reads. */
export function readsToCarryShare(visitors: Iterable<string>): Key<ShareDay>[] {
  return [...new Set(visitors)].flatMap((visitor) => SHARES.map((share) => share(visitor)));
}

/**
 * Copies a visitor's use of a day and month to another visitor of the same person.
 * Needed while, or since, a phone is linked: linking must not yield a fresh share.
 */
export function carryShare(tx: Tx, from: string, to: string): void {
  if (from === to) return;
  for (const share of SHARES) {
    const used = tx.get(share(from)), key = share(to);
    if (used === null) continue;
    const before = tx.get(key);
    // A later day or month does not include it.
    if (before !== null && before.day > used.day) continue;
    tx.set(key, atLeast(shareOn(before, used.day), used));
  }
}
