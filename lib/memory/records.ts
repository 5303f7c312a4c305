import { z } from "zod";
import { family } from "../store/key.ts";
import { MOST_TERMS } from "./rules/terms.ts";

/*
 *   key                                   value                          lives
 *   memory, visitor, tool                 notes of their conversations   30 days each
 *   memory_mark, conversation             a conversation to be noted     30 days
 *   memory_choice, visitor                where they switched it off     until the person's
 *                                                                        data is deleted
 */

const count = z.number().int().min(0);

/** A note of one conversation. */
const note = z.object({
  conversation: z.string(),
  /** "" once the person has deleted it: the conversation is not noted again. */
  text: z.string(),
  terms: z.array(z.string()).max(MOST_TERMS),
  /** ISO 639 code; null when unknown. */
  language: z.string().nullable(),
  /** Last activity of the conversation; once deleted, the time of that. */
  at: z.number(),
  /** Its author; `beginning` for the conversation's first words, without a model. */
  by: z.enum(["model", "beginning", "person"]),
});

/** What a tool remembers of a person, latest first. */
const memory = z.object({
  notes: z.array(note),
  /** When the person deleted everything: nothing said before is noted; 0 for never. */
  forgottenAt: z.number(),
  /** Counts its changes. */
  revision: count,
});

/** A conversation with messages that are not noted yet. */
const mark = z.object({
  visitor: z.string(),
  tool: z.string(),
  /** End of its last turn. */
  at: z.number(),
  /** Earliest time of the next attempt. */
  notBefore: z.number(),
  /** Failed attempts that cost nothing. */
  tries: count,
  /** The paid call for its note. */
  claim: z.object({ process: z.string(), call: z.string() }).nullable(),
});

/** A person's no: to all tools, or to some. A damaged one is read as a no to all. */
const choice = z.object({ off: z.boolean(), tools: z.array(z.string()) })
  .catch({ off: true, tools: [] });

export type MemoryNote = z.output<typeof note>;
export type Memory = z.output<typeof memory>;
export type MemoryMark = z.output<typeof mark>;
export type MemoryChoice = z.output<typeof choice>;

export const memoryKeys = {
  memory: family<Memory, [visitor: string, tool: string]>("memory", memory),
  mark: family<MemoryMark, [conversation: string]>("memory_mark", mark),
  choice: family<MemoryChoice, [visitor: string]>("memory_choice", choice),
} as const;
