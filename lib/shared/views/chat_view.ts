import type { CostEvent, FinishReason, TurnVersions, Versions } from "../chat_events.ts";
import type { Language } from "../languages.ts";

/** A tool's public fields, never its system prompt. */
export interface ToolView {
  id: string;
  name: string;
  description: string;
  icon: string;
  model: string;
  /** Heading of an empty chat; "" for the page's own. */
  greeting: string;
  /** Suggested questions in an empty chat. */
  starters: string[];
  /** Languages of the texts that are not in the reader's. */
  langs?: Partial<Record<"name" | "description" | "greeting" | "starters" | "group", Language>>;
}

/** A tool on the first page. */
export interface ToolCardView extends ToolView {
  /** Heading under which it stands; "" for none. */
  group: string;
  /** Reopening time in ms since 1970, while its day's budget is used up. */
  opensAt: number | null;
}

/** Longest message in UTF-16 units: what one record of the store holds. */
export const LONGEST_MESSAGE = 30_000;

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
  /** Only of replies. */
  reply: ReplyView | null;
  /** Origin of a question that is not from the web: `"whatsapp"`. */
  channel?: string;
  /** Number of pictures in a question, if any. */
  pictures?: number;
  /** A question without a reply. */
  unanswered?: boolean;
  versions?: Versions;
  /** Of an unanswered question: earlier replies, of which none is shown. */
  replies?: Versions;
}

/** A person's rating of a reply. */
export type Thumb = "up" | "down";

export interface ReplyView {
  model: string;
  /** Decimal string of USD. */
  usd: string;
  basis: CostEvent["basis"];
  simulated: boolean;
  reason: FinishReason;
  /** Whether another model answered than the tool's own. */
  otherModel?: boolean;
  /** The person's rating, if any. */
  rating?: Thumb;
}

/** A reply that was running when the page was rendered. */
export interface RunningView {
  turnId: string;
  /** Sequence number of its question. */
  seq: number;
  /** Finished blocks so far, as safe HTML. */
  blocks: string[];
  /** UTF-16 units of the reply's text that `blocks` cover. */
  upTo: number;
  /** The text after them, still plain. */
  tail: string;
  versions?: TurnVersions;
}

/** The last turn failed: its question is kept and can be sent again. */
export interface FailureView {
  /** Empty without further details. */
  title: string;
  detail: string;
  retryable: boolean;
}

/** A message that the server refused: why, when to retry, and its text, so that nothing is lost. */
export interface RefusalView {
  /** Last part of the problem's `type`, such as `limited`; empty when no server answered. */
  kind: string;
  /** Empty when the server gave none. */
  detail: string;
  retryable: boolean;
  /** Seconds until the next attempt is accepted. */
  seconds: number | null;
  /** The request's id, by which admins find a fault of the server. */
  reference?: string;
  /** The end of that time, as formatted by the server in the organisation's time zone. */
  again?: string;
  message: string;
}

/** A question being edited: its sequence number and text. */
export interface EditView {
  seq: number;
  text: string;
}

/** Figures for the composer's estimate of a message's cost. */
export interface EstimateView {
  /** Nano-dollars per million tokens, as decimal strings. */
  inputRate: string;
  outputRate: string;
  /** Tokens of the system prompt, which is part of every request. */
  promptTokens: number;
  /** Tokens of each message that would be sent with the next one, and the first one's number. */
  history: number[];
  from: number;
  /** Tokens of a typical reply of this tool. */
  replyTokens: number;
}

export interface ChatView {
  tool: ToolView;
  messages: MessageView[];
  /** `?before=` value of the page of older messages; null at the beginning. */
  olderBefore: number | null;
  /** The same for the page of newer messages; null where that is the latest. */
  newerBefore: number | null;
  running: RunningView | null;
  failure: FailureView | null;
  cost: Omit<CostEvent, "type">;
  estimate: EstimateView;
  /** Reopening time in ms since 1970, while the day's budget is used up. */
  opensAt: number | null;
  /** Whether the person's share is used up, not the tool's budget. */
  shareUsed: boolean;
  /** Where the event stream continues after this page; opaque. */
  cursor: string;
  /** Request id of the latest message, which a page may still offer. */
  request?: string;
  /** True when replies are simulated. */
  simulated: boolean;
  /** Whether the tool's model sees pictures. */
  sees: boolean;
  /** Whether the latest reply ended while no page showed it. */
  unseen: boolean;
}

/** Recordings that a tool's model takes: their media types and longest duration. */
export interface HearingView {
  types: string[];
  seconds: number;
}
