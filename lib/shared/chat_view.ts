import type { CostEvent, FinishReason } from "./chat_events.ts";

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
  /** Finished blocks so far, as safe HTML. */
  blocks: string[];
  /** How many UTF-16 units of the reply's text `blocks` cover. */
  upTo: number;
  /** The text after them, still plain. */
  tail: string;
}

/** The last turn failed: its question is kept and can be sent again. */
export interface FailureView {
  title: string;
  detail: string;
  retryable: boolean;
}

/** The server did not take a message: why, when to try again, and the text itself, so that nothing is lost. */
export interface RefusalView {
  status: number;
  detail: string;
  retryAfterSeconds: number | null;
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
  /** Tokens that go with every message: system prompt and history. */
  contextTokens: number;
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
