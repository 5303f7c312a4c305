import type { CostEvent, FinishReason } from "../chat_events.ts";

/** What a page shows of a tool: public fields only, never its system prompt. */
export interface ToolView {
  id: string;
  name: string;
  description: string;
  icon: string;
  model: string;
  /** Questions to start with, shown in an empty chat. */
  starters: string[];
}

/** A tool on the first page. */
export interface ToolCardView extends ToolView {
  /** When it opens again, in milliseconds since 1970, while its day is used up. */
  opensAt: number | null;
}

/** Longest message, in UTF-16 units: what one record of the store holds. */
export const LONGEST_MESSAGE = 30_000;

/** One message as a page shows it. */
export interface MessageView {
  id: string;
  /** Position in the conversation, from 0; questions and replies share the count. */
  seq: number;
  role: "user" | "assistant";
  /** Safe HTML, rendered by the server. */
  html: string;
  /** The message as written (Markdown), for copying and editing. */
  text: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Of replies only. */
  reply: ReplyView | null;
  /** Where a question came from, when not from the web: `"whatsapp"`. */
  channel?: string;
  /** How many pictures a question came with, if any. */
  pictures?: number;
  /** A question to which no reply came. */
  unanswered?: boolean;
}

/** What a person thinks of a reply. */
export type Thumb = "up" | "down";

export interface ReplyView {
  model: string;
  /** Decimal string of USD. */
  usd: string;
  basis: CostEvent["basis"];
  simulated: boolean;
  reason: FinishReason;
  /** What the person thinks of it, if he said so. */
  rating?: Thumb;
}

/** A reply under way when the page was rendered. */
export interface RunningView {
  turnId: string;
  /** Place of its question. */
  seq: number;
  /** Finished blocks so far, as safe HTML. */
  blocks: string[];
  /** How many UTF-16 units of the reply's text `blocks` cover. */
  upTo: number;
  /** The text after them, still plain. */
  tail: string;
}

/** The last turn failed: its question is kept and can be sent again. */
export interface FailureView {
  /** Empty where there is no more to say than that no answer came. */
  title: string;
  detail: string;
  retryable: boolean;
}

/** The server did not take a message: why, when to try again, and the text itself, so that nothing is lost. */
export interface RefusalView {
  /** What its problem's `type` ends in, such as `limited`; empty when no server answered. */
  kind: string;
  /** Empty where the server did not say. */
  detail: string;
  retryable: boolean;
  /** For so long nothing is taken. */
  seconds: number | null;
  /** Until when that is, as the server says it in the organisation's time zone. */
  again?: string;
  message: string;
}

/** A question being written anew: its place in the conversation, and its text. */
export interface EditView {
  seq: number;
  text: string;
}

/** What the composer needs to say what a message will cost before it is sent. */
export interface EstimateView {
  /** Nano-dollars per million tokens, as decimal strings. */
  inputRate: string;
  outputRate: string;
  /** Tokens of the system prompt, which goes with every message. */
  promptTokens: number;
  /** Tokens of each message that would go with the next one, and the first one's number. */
  history: number[];
  from: number;
  /** Tokens of a typical reply of this tool. */
  replyTokens: number;
}

/** Everything a chat page shows. */
export interface ChatView {
  tool: ToolView;
  messages: MessageView[];
  /** `?before=` value of the page of older messages, or null at the beginning. */
  olderBefore: number | null;
  running: RunningView | null;
  failure: FailureView | null;
  cost: Omit<CostEvent, "type">;
  estimate: EstimateView;
  /** When a message is taken again, in milliseconds since 1970, while the day is used up. */
  opensAt: number | null;
  /** Whether it is the person's share of the day that is used up, not the tool's day. */
  shareUsed: boolean;
  /** Where the event stream goes on after this page; opaque. */
  cursor: string;
  /** True when replies are made up by the mock provider. */
  simulated: boolean;
}

/** A conversation that was put aside. */
export interface ConversationView {
  id: string;
  /** How its first question begins. */
  title: string;
  /** When it went on last, in milliseconds since 1970. */
  at: number;
  messages: number;
}
