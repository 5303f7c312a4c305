import type { ChatState } from "../../../lib/shared/chat_state.ts";
import type { EstimateView } from "../../../lib/shared/views/chat_view.ts";
import type { NanoUsd } from "../../../lib/shared/money.ts";

export const CHARS_PER_TOKEN = 4;

/** Messages of context sent with a question. */
const HISTORY = 10;

/** Estimated cost of sending `chars` characters, from the context and a typical reply. */
export function estimateCost(
  atLoad: EstimateView,
  state: ChatState | null,
  chars: number,
): NanoUsd {
  const estimate = state?.estimate ?? atLoad;
  const history = estimate.history.slice(
    0,
    Math.max(0, (state?.replacedFrom ?? Infinity) - estimate.from),
  );
  for (const { question, upTo, tail } of state?.turns ?? []) {
    if (question) history.push(question.text.length / CHARS_PER_TOKEN);
    history.push((upTo + tail.length) / CHARS_PER_TOKEN);
  }
  const input = history.slice(-HISTORY).reduce((sum, tokens) => sum + tokens, 0) +
    estimate.promptTokens + chars / CHARS_PER_TOKEN;
  const nano = (input * Number(estimate.inputRate) +
    estimate.replyTokens * Number(estimate.outputRate)) / 1e6;
  return BigInt(Math.round(nano));
}
