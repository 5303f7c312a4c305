import { AppError } from "../../platform/errors.ts";
import type { PromptImage, PromptSound } from "../../llm/rules/prompt.ts";
import type { Conversations } from "../conversations.ts";
import type { ConversationHead, Message } from "../records.ts";
import type { Picture } from "../../media/records.ts";

/** A recording to keep with its message. */
export interface SentRecording {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
  seconds: number;
}

/** Actions that begin a turn. */
export type AskAction =
  /**
   * Pictures need a model with vision; the caller bounds their number and size. Recordings are kept
   * with the message, which has their text.
   */
  | {
    kind: "send";
    message: string;
    images?: readonly PromptImage[];
    recordings?: readonly SentRecording[];
    /** Recordings for the tool's model that hears, whether they are kept or not. */
    sounds?: readonly PromptSound[];
  }
  /** Answers the last question again. */
  | { kind: "regenerate" }
  /** Continues a reply that reached its length: a question without text. */
  | { kind: "continue" }
  /** Rewords the question at `seq`; the earlier version stays, with its continuation. */
  | { kind: "edit"; seq: number; message: string }
  /** Repeats the last question, which got no reply, with these words. */
  | { kind: "retry"; seq: number; message: string; sounds?: readonly PromptSound[] };

/** Recordings of a question that its tool's model hears. */
export function soundsOf(action: AskAction): readonly PromptSound[] {
  return action.kind === "send" || action.kind === "retry" ? action.sounds ?? [] : [];
}

export interface TurnQuestion {
  number: number;
  text: string;
  /** Its message if it is new; null when a stored one is asked again. */
  message: Message | null;
  /** The stored or new message. */
  asked: Message;
  pictures?: Picture[];
  /** Number from which on it begins an alternative; null where it continues the shown path. */
  replaces: number | null;
}

/** Files of an earlier message. */
type Kept = Pick<Message, "pictures" | "recordings">;

/**
 * The question of a turn in the conversation that begins with `head`.
 * @throws {AppError} `conflict` when the question to repeat or edit is gone.
 */
export async function questionOf(
  conversations: Conversations,
  { action, channel }: { action: AskAction; channel: string },
  head: ConversationHead | null,
  { id, now, reviewable }: { id: string; now: number; reviewable: boolean },
): Promise<TurnQuestion> {
  const message = (text: string, { pictures, recordings }: Kept = {}): Message => ({
    id: `${id}q`,
    turn: id,
    role: "user",
    text,
    ...(pictures ? { pictures } : {}),
    ...(recordings ? { recordings } : {}),
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
  return { ...asNew(number, message(action.message, old)), pictures, replaces };
}

function asNew(number: number, message: Message): TurnQuestion {
  return { number, text: message.text, message, asked: message, replaces: null };
}

function changed(): AppError {
  return new AppError("conflict", { code: "conversation.changed" }, {
    retryable: false,
  });
}
