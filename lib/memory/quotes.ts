import type { Conversations } from "../chat/conversations.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Memory } from "./records.ts";
import type { ShownMessage } from "./rules/note_block.ts";
import { quotesFor, type Recall } from "./rules/recall.ts";

/** Latest messages of an earlier conversation that are looked through. */
const LOOKED_AT = 24;

export interface QuoteDeps {
  store: { conversations: Pick<Conversations, "find" | "page"> };
  calendar: Calendar;
}

/**
 * Messages of a person's earlier conversations that fit a question about them, in order of time.
 * Only the conversations with the best notes are read, and nothing from before a deletion.
 */
export async function quotesOf(
  { store: { conversations }, calendar }: QuoteDeps,
  { visitor, tool, memory }: { visitor: string; tool: string; memory: Memory | null },
  { terms, conversations: chosen }: Recall,
): Promise<ShownMessage[]> {
  const since = memory?.forgottenAt ?? 0;
  const all = await Promise.all(chosen.map(async (conversation) => {
    const head = await conversations.find(visitor, tool, conversation);
    if (head === null) return [];
    const { messages } = await conversations.page(head, head.next, LOOKED_AT);
    return messages.map(({ message }) => message).filter(({ at }) => at > since);
  }));
  return quotesFor(terms, all.flat()).map(({ text, at, role }) => ({
    text,
    day: calendar.dayOf(at),
    by: role === "user" ? "person" : "assistant",
  }));
}
