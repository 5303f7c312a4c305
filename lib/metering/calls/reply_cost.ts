import type { Effort } from "../../llm/rules/effort.ts";
import { mayThink } from "../../llm/rules/model_facts.ts";
import { audioTokenBound } from "../../llm/rules/audio_input.ts";
import { bareName, type ModelRef } from "../../llm/rules/model_ref.ts";
import type { Usage } from "../../llm/rules/prices.ts";
import { estimateTokens, utf8Length } from "../../llm/tokens.ts";
import type { FinishReason } from "../../shared/chat_events.ts";
import type { NanoUsd } from "../../shared/money.ts";
import type { LedgerEntry } from "../records.ts";
import { bookingOf, type CallBounds, type Doubt, type ObservedUsage } from "../rules/claims.ts";

/** Inputs to a reply's cost. */
export interface ReplyOutcome {
  /** Usage claimed by the provider; null when it claims none. */
  claim: Usage | null;
  seen: ObservedUsage;
  /** UTF-16 units of the whole prompt; 0 when unknown. */
  promptLength: number;
  /** The model's context in tokens, input and output together; null when unknown. */
  context: number | null;
  reason: FinishReason | null;
  /** Seconds of the recordings in the prompt; 0 when omitted. */
  soundSeconds?: number;
}

export interface ReplyCharge extends Pick<Usage, "input" | "cached" | "output" | "reasoning"> {
  usd: NanoUsd;
  basis: LedgerEntry["basis"];
  /** Why the provider's figures are doubted. */
  doubt?: Doubt | null;
}

/** Bounds of a reply before its request; an effort is null for the least, omitted when unknown. */
export type ReplyBounds =
  & Pick<CallBounds, "price" | "inputEstimate" | "promptTokens" | "maxTokens">
  & ModelRef
  & {
    /** The wanted reasoning effort; undefined when unknown. */
    effort?: Effort | null;
  };

/**
 * Cost of a reply: by the provider's count where that is possible, else by the text
 * received.
 * @param hold the expected maximum, without fees
 */
export function costOfReply(
  { provider, model, effort, ...bounds }: ReplyBounds,
  { claim, seen, promptLength, context, reason, soundSeconds = 0 }: ReplyOutcome,
  hold: NanoUsd,
): ReplyCharge {
  const { price, inputEstimate, promptTokens, maxTokens } = bounds;
  const { from, ...counted } = bookingOf(withAudio(claim, model, soundSeconds), seen, {
    price,
    promptLength,
    inputEstimate,
    promptTokens,
    maxTokens,
    context,
    hidesReasoning: mayThink({ provider, model }, effort),
  }, hold);
  const cutShort = reason === "stopped" || reason === "interrupted" || reason === null;
  const partial = cutShort && from === "seen" && counted.doubt === null;
  return { ...counted, basis: from === "claim" ? "reported" : partial ? "partial" : "estimated" };
}

/**
 * A claim with its tokens of audio. Servers that do not count them get the most that there can be,
 * since audio costs more than text.
 */
function withAudio(claim: Usage | null, model: string, soundSeconds: number): Usage | null {
  if (claim === null) return null;
  const { audio: told, ...rest } = claim;
  if (soundSeconds === 0) return rest;
  const counted = told !== undefined && Number.isSafeInteger(told) && told > 0;
  const audio = counted ? told : audioTokenBound(bareName(model), soundSeconds);
  return { ...rest, audio: Math.min(audio, claim.input) };
}

/** Usage observed from a reply's text and its hidden thinking. */
export function observedUsage(text: string, thinkingBytes: number): ObservedUsage {
  return { textBytes: utf8Length(text), textTokens: estimateTokens(text), thinkingBytes };
}
