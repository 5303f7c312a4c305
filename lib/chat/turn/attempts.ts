import { type AttemptPart, type RequestBounds, stepTo } from "../../metering/calls/attempts.ts";
import type { Prices } from "../../llm/prices.ts";
import type { PromptMessage } from "../../llm/rules/prompt.ts";
import type { Running } from "../../metering/call_records.ts";
import { NoRoom } from "../../metering/calls/call_steps.ts";
import type { PaidCalls } from "../../metering/calls/paid_calls.ts";
import type { Deps } from "../../deps.ts";
import { noteFailedAttempt } from "./provider_failures.ts";

/** What is known of a turn's requests before any provider answers. */
export function boundsOf(
  { maxTokens, inputEstimate, promptTokens = inputEstimate }: Running,
  prompt: readonly PromptMessage[],
  prices: Pick<Prices, "contextOf">,
): RequestBounds {
  return {
    maxTokens,
    inputEstimate,
    promptTokens,
    promptLength: prompt.reduce((sum, { content }) => sum + content.length, 0),
    contextOf: (provider, model) => prices.contextOf(provider, model),
  };
}

/**
 * Holds for the attempt of a turn that is about to be made, and notes the one that failed before.
 * Returns the turn as it stands then.
 * @throws {ProviderError} the failure before, when a budget has no room for the next attempt.
 */
export async function holdNext(
  deps: Deps,
  paidCalls: PaidCalls,
  running: Running,
  part: AttemptPart,
  bounds: RequestBounds,
): Promise<Running> {
  if (part.failed) noteFailedAttempt(deps, running, part.failed);
  const step = stepTo(running, part, bounds);
  if (step === null) return running;
  const { turn } = running;
  const { provider, model } = step.next;
  try {
    const held = await paidCalls.holdAttempt(running, step);
    if (held?.kind === "turn") return held;
    deps.log("warn", "A turn was settled before its next attempt", { turn, provider, model });
  } catch (error) {
    if (!(error instanceof NoRoom)) throw error;
    const { scope } = error.nearest;
    deps.log("warn", "No budget for the next attempt", { turn, provider, model, scope });
  }
  throw part.failed?.error ?? new Error("No budget for the first attempt");
}
