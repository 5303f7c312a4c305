import type { TurnParticipant } from "../../chat/participants.ts";
import type { Key } from "../../store/key.ts";
import { GOLDEN_LIMITS, goldenKeys, MODEL_JUDGE } from "./records.ts";
import type { StoredGolden } from "./stored_golden.ts";

/** Deletes the examples that were taken from a conversation with it, and the replies to them. */
export function goldenParticipant(golden: StoredGolden): TurnParticipant {
  return {
    name: "golden",
    kept: async (conversation) => {
      const keys: Key<unknown>[] = [];
      for (const { tool, id } of await golden.taken(conversation)) {
        keys.push(goldenKeys.example(tool, id), goldenKeys.taken(conversation, tool, id));
        for (const run of await golden.runs(tool, GOLDEN_LIMITS.runs)) {
          if (!run.examples.includes(id)) continue;
          keys.push(
            goldenKeys.reply(run.id, id, "a"),
            goldenKeys.reply(run.id, id, "b"),
            goldenKeys.judgement(run.id, id, MODEL_JUDGE),
          );
        }
      }
      return keys;
    },
  };
}
