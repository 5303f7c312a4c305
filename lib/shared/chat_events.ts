import type { CostBasis, CostLevel } from "./money.ts";

/**
 * The wire format of a chat, shared by the server, the island and the API: the SSE `event:` is
 * `type`, its `data:` the other fields as JSON. Amounts are decimal strings of USD.
 */
export type ChatEvent =
  | StartEvent
  | { type: "delta"; text: string }
  /** Finished blocks of the reply; all blocks so far cover `upTo` UTF-16 units of its text. */
  | { type: "html"; blocks: string[]; upTo: number }
  | CostEvent
  | NoticeEvent
  | DoneEvent
  /** The text so far is taken back; it is billed all the same. `error` follows. */
  | { type: "withdrawn"; code: string }
  | ErrorEvent
  /** Changes beyond what events can tell (cleared, or several turns missed): reload. */
  | { type: "reload" };

export interface StartEvent {
  type: "start";
  turnId: string;
  model: string;
  variant: string | null;
  estimate: { usd: string };
  /** The question. It replaces every message with `seq` at or above its own (regenerate, edit). */
  question: { id: string; seq: number; text: string; html: string; channel: string; at: number };
  simulated: boolean;
  versions?: TurnVersions;
}

/** Versions of a turn's question and reply, where there are several. */
export interface TurnVersions {
  question?: Versions;
  reply?: Versions;
}

/** The shown version among those of a message, from 1, and the ids of its neighbours. */
export interface Versions {
  at: number;
  of: number;
  before: number | null;
  after: number | null;
}

export interface CostEvent {
  type: "cost";
  turn: string;
  session: string;
  toolToday: string;
  /** The tool's daily ceiling; null when it has none. */
  ceiling: string | null;
  level: CostLevel;
  basis: CostBasis;
  simulated: boolean;
}

export interface DoneEvent {
  type: "done";
  messageId: string;
  seq: number;
  /** When it was complete, in ms since 1970. */
  at: number;
  /** The whole reply as safe HTML. */
  html: string;
  reason: FinishReason;
}

export interface NoticeEvent {
  type: "notice";
  kind: NoticeKind;
  text: string;
  /** What the text is made of, for other languages; it is not sent. */
  about?: { nearest?: "person" | "address" | "tool"; model?: string; session?: string };
}

/** RFC 9457 problem details, and whether a retry can succeed. */
export interface ErrorEvent {
  type: "error";
  problem: string;
  title: string;
  status: number;
  detail: string;
  retryable: boolean;
  retryAfterSeconds: number | null;
}

export type NoticeKind = "clamped" | "downgraded" | "alert" | "truncated" | "failed_over";

/** Why a reply ended: normally, at its length limit, by a content filter, or by the person. */
export type FinishReason = "stop" | "length" | "filter" | "stopped" | "interrupted";
