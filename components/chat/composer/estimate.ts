import type { CostEvent } from "../../../lib/shared/chat_events.ts";
import type { ChatState } from "../../../lib/shared/chat_state.ts";
import type { EstimateView } from "../../../lib/shared/views/chat_view.ts";
import type { ComposerTexts, MeterTexts } from "../../../lib/locales/page/chat_texts.ts";
import { formatDollars } from "../../../lib/shared/formats.ts";
import { fill } from "../../../lib/shared/text.ts";
import { formatUsd, type NanoUsd, parseUsd } from "../../../lib/shared/money.ts";

const CHARS_PER_TOKEN = 4;
const CENT = 10_000_000n;

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

/** Text beside the button; amounts below a cent are not shown. */
export function costText({ language, cheap, costs }: ComposerTexts, cost: NanoUsd): string {
  const cents = Math.round(Number(cost) / 1e7);
  return cost < CENT ? cheap : fill(costs, { amount: formatDollars(cents / 100, 2, language) });
}

/** Text of today's remaining ceiling, or null without a ceiling. */
export function leftText(
  { language, left: text }: MeterTexts,
  { toolToday, ceiling }: Pick<CostEvent, "toolToday" | "ceiling">,
): string | null {
  if (ceiling === null) return null;
  const of = parseUsd(ceiling);
  const left = of - parseUsd(toolToday);
  return fill(text, {
    left: formatUsd(left > 0n ? left : 0n, language),
    ceiling: formatUsd(of, language),
  });
}
