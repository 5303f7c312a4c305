import type { Key } from "../store/key.ts";
import type { Tx } from "../store/transactions.ts";
import { memoryKeys } from "./records.ts";
import { united, unitedChoice } from "./rules/notes.ts";

/** Keys that {@link carryChoice} reads. */
export function readsToCarryChoice(visitors: Iterable<string>): Key<unknown>[] {
  return [...new Set(visitors)].map((visitor) => memoryKeys.choice(visitor));
}

/** Copies a visitor's no to another visitor of the same person: linking must not lift it. */
export function carryChoice(tx: Tx, from: string, to: string): void {
  const said = tx.get(memoryKeys.choice(from));
  if (from === to || said === null) return;
  const both = unitedChoice(tx.get(memoryKeys.choice(to)), said);
  if (both !== null) tx.set(memoryKeys.choice(to), both);
}

/** A visitor's notes and marks of conversations with one tool, which move to another visitor. */
export function memoryToMove(
  { from, to, tool, conversations }: {
    from: string;
    to: string;
    tool: string;
    conversations: readonly string[];
  },
) {
  const fromKey = memoryKeys.memory(from, tool), toKey = memoryKeys.memory(to, tool);
  const marks = conversations.map((conversation) => memoryKeys.mark(conversation));
  return {
    reads: [fromKey, toKey, ...marks],
    run: (tx: Tx) => {
      const memory = tx.get(fromKey);
      if (memory !== null) {
        tx.set(toKey, united(tx.get(toKey), memory));
        tx.delete(fromKey);
      }
      for (const key of marks) {
        const mark = tx.get(key);
        if (mark !== null) tx.set(key, { ...mark, visitor: to });
      }
    },
  };
}
