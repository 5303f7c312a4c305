import type { Part } from "../../llm/provider.ts";
import { worstCase } from "../../llm/rules/prices.ts";
import type { CallCost, PaidCall } from "../call_records.ts";
import { lastAttempt, type NextAttempt } from "./call_steps.ts";
import { costOfReply, observedUsage, type ReplyBounds } from "./reply_cost.ts";

/** Announces a chain's next request to a provider; see {@link Part}. */
export type AttemptPart = Extract<Part, { type: "attempt" }>;

/** Transition from one attempt of a call to the next. */
export interface AttemptStep {
  /** Cost of the failed attempt; null when nothing can have been billed. */
  cost: CallCost | null;
  next: NextAttempt;
}

/** Bounds of a request before any provider answers. */
export interface RequestBounds extends Omit<ReplyBounds, "provider" | "model" | "price"> {
  /** UTF-16 units of the whole prompt. */
  promptLength: number;
  /** Seconds of its recordings; 0 when omitted. */
  soundSeconds?: number;
  contextOf: (provider: string, model: string) => number | null;
}

/** The step to the attempt about to be made; null for the one that is already held. */
export function stepTo(
  call: Pick<PaidCall, "attempts">,
  { attempt, failed }: AttemptPart,
  { promptLength, soundSeconds, contextOf, ...bounds }: RequestBounds,
): AttemptStep | null {
  const { provider, model, price, hold } = lastAttempt(call);
  if (failed === null && provider === attempt.provider && model === attempt.model) return null;
  const next = {
    ...attempt,
    hold: worstCase(bounds.promptTokens, bounds.maxTokens, attempt.price),
  };
  if (!failed?.maySpend) return { cost: null, next };
  const outcome = {
    claim: failed.usage,
    seen: observedUsage("", 0),
    promptLength,
    context: contextOf(provider, model),
    reason: "stop" as const,
    soundSeconds,
  };
  return {
    cost: costOfReply({ ...bounds, provider, model, price: price ?? failed.price }, outcome, hold),
    next,
  };
}
