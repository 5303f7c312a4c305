import type { NanoUsd } from "../shared/money.ts";
import { feedbackKeys } from "./records.ts";
import type { Running } from "../metering/call_records.ts";
import { UNRATED } from "./stored_ratings.ts";
import type { Tx } from "../store/transactions.ts";

/**
 * Puts a conversation first in the review list, in the turn's settlement.
 * The transaction must read its record.
 */
export function listForReview(
  tx: Tx,
  running: Running,
  { at, simulated }: { at: number; simulated: boolean },
  { messages, session }: { messages: number; session: NanoUsd },
): void {
  const { conversation, visitor, tool, channel, question } = running;
  const key = feedbackKeys.review(conversation);
  const before = tx.get(key);
  if (before) tx.delete(feedbackKeys.reviewOrder(before.at, conversation));
  tx.set(feedbackKeys.reviewOrder(at, conversation), true);
  const { up, down } = before ?? UNRATED;
  tx.set(key, {
    visitor,
    tool,
    channel,
    at,
    first: Math.min(before?.first ?? question, question),
    messages,
    spent: session,
    simulated: simulated || (before?.simulated ?? false),
    up,
    down,
    reviewed: before?.reviewed ?? {},
  });
}

/** Removes a conversation from the review list. The transaction must read its record. */
export function takeOffList(tx: Tx, conversation: string): void {
  const key = feedbackKeys.review(conversation);
  const listed = tx.get(key);
  if (listed) tx.delete(feedbackKeys.reviewOrder(listed.at, conversation));
  tx.delete(key);
}
