import type { MessageView, Thumb } from "./chat_view.ts";
import type { NanoUsd } from "../money.ts";

/** What to look for among conversations; an empty text leaves it open. */
export interface ReviewFilter {
  tool: string;
  channel: string;
  /** Days as `YYYY-MM-DD`, both included. */
  from: string;
  to: string;
  /** How people rated: some reply good, some bad, or none at all. */
  rating: "" | "up" | "down" | "none";
  /** Only what nobody has reviewed since it went on last. */
  unreviewed: boolean;
  /** Words that one message has. */
  text: string;
}

/** A conversation in the list. */
export interface ReviewRow {
  id: string;
  /** A name that says nothing of who it is. */
  who: string;
  tool: string;
  channel: string;
  /** Milliseconds since 1970, when it went on last. */
  at: number;
  messages: number;
  spent: NanoUsd;
  simulated: boolean;
  up: number;
  down: number;
  /** How it begins. */
  words: string;
  /** Where the words that were searched for stand. */
  excerpt: { before: string; found: string; after: string } | null;
  /** Who reviewed it since it went on last. */
  reviewedBy: string[];
}

export interface ReviewList {
  rows: ReviewRow[];
  /** For the link to the page after it, or null at the end. */
  next: string | null;
  /** How many conversations were looked at for this page. */
  searched: number;
}

/** What one admin thinks of a reply. */
export interface VerdictView {
  who: string;
  verdict: "good" | "bad";
  note: string;
}

/** A message as reviewers see it. */
export interface ReviewedMessage extends MessageView {
  /** Of replies: the tool's version, and what the person thought. */
  version: number | null;
  variant: string | null;
  rated: { verdict: Thumb; reason: string } | null;
  verdicts: VerdictView[];
}

/** A conversation, or some of its messages, as reviewers see it. */
export interface ReviewedConversation {
  row: ReviewRow;
  toolId: string;
  messages: ReviewedMessage[];
  /** Messages of this page that were sent before people were told, and are not shown. */
  hidden: number;
  /** Ratings of replies that were made anew since. */
  replaced: { up: number; down: number };
  /** Who has marked it as reviewed, and when. */
  reviewed: { who: string; at: number; since: boolean }[];
  /** The number where this page begins. */
  from: number;
  /** The numbers where the pages before and after this one begin; null where there is none. */
  earlier: number | null;
  later: number | null;
}
