import type { MessageView, Thumb } from "./chat_view.ts";
import type { Letter } from "./experiment_view.ts";
import type { NanoUsd } from "../money.ts";

/** A filter of conversations; an empty field matches all. */
export interface ReviewFilter {
  tool: string;
  channel: string;
  /** Days as `YYYY-MM-DD`, both included. */
  from: string;
  to: string;
  /** At least one good rating, at least one bad one, or none at all. */
  rating: "" | "up" | "down" | "none";
  /** Only conversations not reviewed since their last activity. */
  unreviewed: boolean;
  /** Words contained in one message. */
  text: string;
}

export interface ReviewRow {
  id: string;
  /** A pseudonym. */
  who: string;
  tool: string;
  channel: string;
  /** Last activity in ms since 1970. */
  at: number;
  messages: number;
  spent: NanoUsd;
  simulated: boolean;
  up: number;
  down: number;
  words: string;
  /** The searched words in their context. */
  excerpt: { before: string; found: string; after: string } | null;
  /** Reviewers since its last activity. */
  reviewedBy: string[];
}

export interface ReviewList {
  rows: ReviewRow[];
  /** Link parameter of the next page; null at the end. */
  next: string | null;
  /** Number of conversations searched for this page. */
  searched: number;
}

export interface VerdictView {
  who: string;
  verdict: "good" | "bad";
  note: string;
}

/** A message as reviewers see it. */
export interface ReviewedMessage extends MessageView {
  /** Of replies: the tool's version, its variant in an A/B test, and the person's rating. */
  version: number | null;
  variant: Letter | null;
  /** The tool's own model, where another one answered in its place. */
  insteadOf: string | null;
  rated: { verdict: Thumb; reason: string } | null;
  verdicts: VerdictView[];
}

/** A conversation, or a page of its messages, as reviewers see it. */
export interface ReviewedConversation {
  row: ReviewRow;
  toolId: string;
  messages: ReviewedMessage[];
  /** Messages of this page from before the notice of reviews; not shown. */
  hidden: number;
  /** Ratings of replies that were regenerated since. */
  replaced: { up: number; down: number };
  /** Reviewers with the time of their review. */
  reviewed: { who: string; at: number; since: boolean }[];
  /** Sequence number of the page's first message. */
  from: number;
  /** First sequence numbers of the previous and next pages; null where there is none. */
  earlier: number | null;
  later: number | null;
}
