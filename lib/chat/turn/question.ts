import { AppError } from "../../platform/errors.ts";
import type { PromptImage } from "../../llm/rules/prompt.ts";
import type { Conversations } from "../conversations.ts";
import type { ConversationHead, Message } from "../records.ts";
import type { Picture } from "../../media/records.ts";

/** What somebody does to have a turn begin. */
export type AskAction =
  /** A model that sees is needed for pictures; the caller bounds their number and size. */
  | { kind: "send"; message: string; images?: readonly PromptImage[] }
  /** Answers the last question anew. */
  | { kind: "regenerate" }
  /** Goes on with a reply that reached its length: a question without words. */
  | { kind: "continue" }
  /** Puts the question at `seq` in other words; the earlier version stays, with what came after it. */
  | { kind: "edit"; seq: number; message: string }
  /** Asks the last question again, which got no reply; these words take its place. */
  | { kind: "retry"; seq: number; message: string };

/** What a turn asks. */
export interface TurnQuestion {
  /** Its place in the conversation. */
  number: number;
  text: string;
  /** Its message if it is a new one; null when the one that stands there is asked anew. */
  message: Message | null;
  /** The message that stands there, new or not. */
  asked: Message;
  pictures?: Picture[];
  /** From which number on it begins another version; null where it goes on with what is shown. */
  replaces: number | null;
}

/**
 * The question of a turn in the conversation that begins with `head`.
 * @throws {AppError} `conflict` when what is to be asked anew or edited is no longer there.
 */
export async function questionOf(
  conversations: Conversations,
  { action, channel }: { action: AskAction; channel: string },
  head: ConversationHead | null,
  { id, now, reviewable }: { id: string; now: number; reviewable: boolean },
): Promise<TurnQuestion> {
  const message = (text: string, pictures?: Picture[]): Message => ({
    id: `${id}q`,
    turn: id,
    role: "user",
    text,
    ...(pictures ? { pictures } : {}),
    at: now,
    channel,
    reply: null,
    reviewable,
  });
  if (action.kind === "send") {
    return asNew(head?.next ?? 0, message(action.message));
  }
  if (action.kind === "continue") {
    if (!head?.last?.replied) throw changed();
    return asNew(head.next, message(""));
  }
  const number = action.kind === "regenerate" ? head?.last?.question : action.seq;
  const old = head && number !== undefined && number < head.next
    ? await conversations.message(head, number)
    : null;
  if (number === undefined || old?.role !== "user") {
    throw changed();
  }
  const { pictures } = old;
  if (action.kind === "regenerate") {
    return { number, text: old.text, message: null, asked: old, pictures, replaces: number + 1 };
  }
  const replaces = action.kind === "edit" ? number : null;
  return { ...asNew(number, message(action.message, pictures)), pictures, replaces };
}

function asNew(number: number, message: Message): TurnQuestion {
  return { number, text: message.text, message, asked: message, replaces: null };
}

function changed(): AppError {
  return new AppError("conflict", { code: "conversation.changed" }, {
    retryable: false,
  });
}
