import { factsOf } from "../../llm/rules/model_facts.ts";
import type { ModelRef } from "../../llm/rules/model_ref.ts";
import type { Usage } from "../../llm/rules/prices.ts";
import { estimateTokens, utf8Length } from "../../llm/tokens.ts";
import type { FinishReason } from "../../shared/chat_events.ts";
import type { NanoUsd } from "../../shared/money.ts";
import type { LedgerEntry } from "../records.ts";
import { bookingOf, type CallBounds, type Doubt, type ObservedUsage } from "../rules/claims.ts";

/** What a reply is paid by. */
export interface ReplyOutcome {
  /** What the provider says was used; null when it does not say. */
  claim: Usage | null;
  seen: ObservedUsage;
  /** UTF-16 units of all that was sent; 0 where that is not known any more. */
  promptLength: number;
  /** Tokens that the model can read and write at most; null where nobody tells. */
  context: number | null;
  reason: FinishReason | null;
}

/** What a reply used and cost. */
export interface ReplyCharge extends Pick<Usage, "input" | "cached" | "output" | "reasoning"> {
  usd: NanoUsd;
  basis: LedgerEntry["basis"];
  /** What is odd about the provider's figures. */
  doubt?: Doubt | null;
}

/** What is known of a reply before it is asked for. */
export type ReplyBounds =
  & Pick<CallBounds, "price" | "inputEstimate" | "promptTokens" | "maxTokens">
  & ModelRef;

/**
 * The cost of a reply: by the provider's own count where that can be true, else by what came.
 * @param hold the most that it was expected to cost, without fees
 */
export function costOfReply(
  { provider, model, ...bounds }: ReplyBounds,
  { claim, seen, promptLength, context, reason }: ReplyOutcome,
  hold: NanoUsd,
): ReplyCharge {
  const { price, inputEstimate, promptTokens, maxTokens } = bounds;
  const { from, ...counted } = bookingOf(claim, seen, {
    price,
    promptLength,
    inputEstimate,
    promptTokens,
    maxTokens,
    context,
    hidesReasoning: factsOf({ provider, model }).capabilities.reasoning,
  }, hold);
  const cutShort = reason === "stopped" || reason === "interrupted" || reason === null;
  const partial = cutShort && from === "seen" && counted.doubt === null;
  return { ...counted, basis: from === "claim" ? "reported" : partial ? "partial" : "estimated" };
}

/** What came of a reply by its text, and the thinking that is not shown with it. */
export function observedUsage(text: string, thinkingBytes: number): ObservedUsage {
  return { textBytes: utf8Length(text), textTokens: estimateTokens(text), thinkingBytes };
}
