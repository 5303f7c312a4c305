import type { PromptBackground } from "../../llm/rules/prompt.ts";
import type { MemoryNote } from "../records.ts";
import { noteBackground, type ShownMessage } from "./note_block.ts";
import { rankByTerms } from "./ranking.ts";
import { asksForRecall } from "./recall_question.ts";
import { termsOf } from "./terms.ts";

/** Notes with a usual question, and with one about earlier conversations. */
export const FEW_NOTES = 3;
export const MANY_NOTES = 8;
/** Messages of earlier conversations that are quoted, and the conversations that are read. */
export const MOST_QUOTES = 4;
const READ_CONVERSATIONS = 3;
/** UTF-16 units of a question, and of each message, whose words are looked at. */
const LOOKED_AT = { question: 4_000, message: 1_000 };

/** The notes for a question, and the conversations to be read for it. */
export interface Recall {
  asked: boolean;
  terms: string[];
  notes: MemoryNote[];
  conversations: string[];
}

/**
 * Chooses the notes for a question: those with its terms, and the latest one, as people go on where
 * they stopped. A question about earlier conversations gets more.
 */
export function recallFor(text: string, notes: readonly MemoryNote[]): Recall {
  const asked = asksForRecall(text);
  const terms = termsOf(text.slice(0, LOOKED_AT.question));
  const ranked = rankByTerms(terms, notes);
  const fitting = ranked.filter(({ score }) => score > 0).map(({ item }) => item);
  const [latest] = notes.toSorted((a, b) => b.at - a.at);
  const others = asked ? ranked.map(({ item }) => item) : latest ? [latest] : [];
  const all = [...new Set([...fitting, ...others])];
  const few = new Set([...fitting.slice(0, FEW_NOTES - 1), ...others, ...fitting]);
  const found = asked ? all.slice(0, MANY_NOTES) : [...few].slice(0, FEW_NOTES);
  return {
    asked,
    terms,
    notes: found,
    conversations: asked
      ? fitting.slice(0, READ_CONVERSATIONS).map(({ conversation }) => conversation)
      : [],
  };
}

/** The messages that fit a question best, in order of time. */
export function quotesFor<T extends { text: string; at: number }>(
  terms: readonly string[],
  messages: readonly T[],
): T[] {
  const items = messages.map((message) => ({
    message,
    at: message.at,
    terms: termsOf(message.text.slice(0, LOOKED_AT.message)),
  }));
  return rankByTerms(terms, items).filter(({ score }) => score > 0).slice(0, MOST_QUOTES)
    .map(({ item }) => item.message).sort((a, b) => a.at - b.at);
}

/** The background of a question; days as the organisation's calendar has them. */
export function backgroundFor(
  { asked, notes }: Recall,
  messages: readonly ShownMessage[],
  dayOf: (at: number) => string,
): PromptBackground | null {
  const shown = notes.toSorted((a, b) => a.at - b.at)
    .map(({ text, at }) => ({ text, day: dayOf(at) }));
  return noteBackground(shown, messages, asked);
}
