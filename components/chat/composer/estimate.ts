import { signal } from "@preact/signals";
import type { ChatState } from "../../../lib/shared/chat_state.ts";
import type { EstimateView } from "../../../lib/shared/views/chat_view.ts";
import type { ComposerTexts } from "../../../lib/locales/page/chat_texts.ts";
import { fill } from "../../../lib/shared/text.ts";
import { formatCents, type NanoUsd } from "../../../lib/shared/money.ts";

const CHARS_PER_TOKEN = 4;

/** Estimated cost of the message in the field; null until the page is hydrated. */
export const nextCost = signal<NanoUsd | null>(null);

/** Messages of context sent with a question. */
const HISTORY = 10;

/** Estimated cost of sending `chars` characters, from the context and a typical reply. */
export function estimateCost(
  estimate: EstimateView,
  state: ChatState | null,
  chars: number,
): NanoUsd {
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

/** Text beside the button, from a cent on. */
export function costText({ language, costs }: ComposerTexts, cost: NanoUsd): string {
  const amount = cost > 0n ? formatCents(cost, language) : null;
  return amount ? fill(costs, { amount }) : "";
}
