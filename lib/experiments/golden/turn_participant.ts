import type { TurnParticipant } from "../../chat/participants.ts";
import type { Key } from "../../store/key.ts";
import type { Transactions } from "../../store/transactions.ts";
import { goldenKeys } from "./records.ts";
import type { StoredGolden } from "./stored_golden.ts";

/** Deletes the examples that were taken from a conversation with it, and the replies to them. */
export function goldenParticipant(
  { golden, transactions }: { golden: StoredGolden; transactions: Transactions },
): TurnParticipant {
  return {
    name: "golden",
    kept: async (conversation) => {
      const taken = await golden.taken(conversation);
      if (taken.length === 0) return [];
      // They go first, so that a run under way writes nothing after its parts are listed.
      await transactions.run([], (tx) => {
        for (const { tool, id } of taken) tx.delete(goldenKeys.example(tool, id));
      });
      const keys: Key<unknown>[] = [];
      for (const { tool, id } of taken) {
        for (const run of await golden.storedRuns(tool)) {
          if (run.examples.includes(id)) keys.push(...await golden.partKeys(run.id, id));
        }
      }
      // These last: a deletion that is resumed finds the examples by them.
      return [...keys, ...taken.map(({ tool, id }) => goldenKeys.taken(conversation, tool, id))];
    },
  };
}
