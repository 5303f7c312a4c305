import { z } from "zod";
import type { BeginPart, ErasePart, TurnParticipant, TurnToBegin } from "../chat/participants.ts";
import { retainedFamily } from "../chat/history/retained.ts";
import { StaleRead } from "../store/transactions.ts";
import { type Memory, type MemoryChoice, memoryKeys } from "./records.ts";
import { firstEnd, NOTE_DAYS, notesOf, unexpired, wantsMemory } from "./rules/notes.ts";
import { backgroundFor, recallFor } from "./rules/recall.ts";
import { type QuoteDeps, quotesOf } from "./quotes.ts";

/** Names its data in a turn. */
const PARTICIPANT = "memory";
/** Bytes of a mark. */
const WEIGHT = 400;
const DAY = 24 * 60 * 60_000;
/** Channels on which people talk; not drafts, and not programs. */
const CHANNELS: readonly string[] = ["web", "whatsapp"];

/** Data of a turn for its settlement: that its conversation is to be noted. */
const remembered = z.literal(true);

/**
 * Memory's part in turns and deletions.
 * Notes of earlier conversations join the prompt; a settled turn marks its conversation, to be
 * noted once it is over. A deleted conversation loses its note and its mark. Tools that do not
 * remember, and trials by admins, take no part.
 */
export function memoryParticipant(deps: QuoteDeps): TurnParticipant {
  return {
    name: PARTICIPANT,
    begin: (turn) =>
      turn.tool.remembers && !turn.trial && CHANNELS.includes(turn.channel)
        ? beginning(deps, turn)
        : null,
    settle: (running, { at }) => {
      const { data } = remembered.safeParse(running.participants?.[PARTICIPANT]);
      if (data !== true) return null;
      const { visitor, tool, conversation } = running;
      return {
        reads: [],
        weight: WEIGHT,
        run: (tx, { kept }) => {
          const mark = { visitor, tool, at, notBefore: 0, tries: 0, claim: null };
          if (kept) tx.set(memoryKeys.mark(conversation), mark);
          return 0n;
        },
      };
    },
    erase: ({ visitor, tool, conversation }) => erasing(visitor, tool, conversation),
    kept: (conversation) => Promise.resolve([memoryKeys.mark(conversation)]),
    retained: [
      retainedFamily(
        "memory",
        (visitor = "", tool = "") => memoryKeys.memory(visitor, tool),
        (memory, key) => ({
          row: {
            key,
            until: firstEnd(memory),
            shorten: (tx, now) => {
              const before = tx.get(key);
              const after = before && unexpired(before, now);
              if (after) tx.set(key, after);
              else tx.delete(key);
            },
          },
        }),
      ),
      retainedFamily(
        "memory_mark",
        (conversation = "") => memoryKeys.mark(conversation),
        ({ at }, key) => ({ row: { key, until: at + NOTE_DAYS * DAY } }),
      ),
    ],
  };
}

function beginning(deps: QuoteDeps, { visitor, tool, now }: TurnToBegin): BeginPart {
  const keys = {
    memory: memoryKeys.memory(visitor, tool.id),
    choice: memoryKeys.choice(visitor),
  };
  // A record that was deleted begins its revisions anew, but never with the same conversations.
  const stateOf = (memory: Memory | null, choice: MemoryChoice | null) =>
    JSON.stringify([
      wantsMemory(choice, tool.id),
      memory?.revision,
      memory?.notes.map(({ conversation }) => conversation),
    ]);
  /** The state on which the background was decided; null before. */
  let seen: string | null = null;
  return {
    reads: Object.values(keys),
    recall: async (read, { text, conversation }) => {
      const choice = await read(keys.choice), memory = await read(keys.memory);
      seen = stateOf(memory, choice);
      if (text === "" || !wantsMemory(choice, tool.id)) return null;
      const notes = notesOf(memory, now).filter((note) => note.conversation !== conversation);
      const recall = recallFor(text, notes);
      const said = await quotesOf(deps, { visitor, tool: tool.id, memory }, recall);
      return backgroundFor(recall, said, (at) => deps.calendar.dayOf(at));
    },
    run: (tx) => {
      const choice = tx.get(keys.choice);
      // Nothing that was deleted or switched off elsewhere meanwhile reaches a model.
      if (seen !== null && seen !== stateOf(tx.get(keys.memory), choice)) throw new StaleRead();
      return wantsMemory(choice, tool.id) ? { keep: true } : {};
    },
  };
}

function erasing(visitor: string, tool: string, conversation: string): ErasePart {
  const key = memoryKeys.memory(visitor, tool);
  return {
    reads: [key],
    messages: () => null,
    run: (tx) => {
      tx.delete(memoryKeys.mark(conversation));
      const memory = tx.get(key);
      if (memory === null) return;
      const notes = memory.notes.filter((note) => note.conversation !== conversation);
      if (notes.length === memory.notes.length) return;
      const { forgottenAt, revision } = memory;
      if (notes.length === 0 && forgottenAt === 0) tx.delete(key);
      else tx.set(key, { notes, forgottenAt, revision: revision + 1 });
    },
  };
}
