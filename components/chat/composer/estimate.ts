import type { ChatState } from "../../../lib/shared/chat_state.ts";
import type { EstimateView } from "../../../lib/shared/views/chat_view.ts";
import { formatUsd, parseUsd } from "../../../lib/shared/money.ts";

const CHARS_PER_TOKEN = 4;

/** How many earlier messages go with the next one. */
const HISTORY = 10;

/** About what sending `chars` characters will cost after what was said until now, as text for people. */
export function estimateText(
  estimate: EstimateView,
  state: ChatState | null,
  chars: number,
): string {
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
  return formatUsd(BigInt(Math.round(nano)));
}

/** What is left of a tool's ceiling today, or null without one. */
export function leftText(cost: { toolToday: string; ceiling: string | null }): string | null {
  if (cost.ceiling === null) return null;
  const left = parseUsd(cost.ceiling) - parseUsd(cost.toolToday);
  return formatUsd(left > 0n ? left : 0n);
}
