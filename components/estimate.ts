import type { EstimateView } from "../lib/shared/chat_view.ts";
import { formatUsd, parseUsd } from "../lib/shared/money.ts";

const CHARS_PER_TOKEN = 4;

/** About what sending `chars` characters will cost, as text for people. */
export function estimateText(estimate: EstimateView, chars: number): string {
  const input = estimate.contextTokens + chars / CHARS_PER_TOKEN;
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
