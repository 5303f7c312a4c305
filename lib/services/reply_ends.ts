import { costOf, type Usage } from "../domain/prices.ts";
import type { ChatEvent, FinishReason } from "../shared/chat_events.ts";
import { costLevel, usdString } from "../shared/money.ts";
import { estimateTokens } from "../llm/tokens.ts";
import type { Running } from "../store/keys.ts";
import type { Closing, Settled, Spent } from "./settle_turn.ts";

/** What a reply cost: by the provider's own count, else by what was streamed. */
export function spentOn(
  running: Running,
  usage: Usage | null,
  text: string,
  reason: FinishReason | null,
): Spent {
  const counted = usage ?? {
    input: running.inputEstimate,
    cached: 0,
    output: text === "" ? 0 : Math.min(running.maxTokens, Math.max(1, estimateTokens(text))),
    reasoning: 0,
  };
  const cost = costOf(counted, running.price);
  const { input, cached, output, reasoning } = counted;
  const estimated = reason === "stopped" || reason === "interrupted" || reason === null
    ? "partial"
    : "estimated";
  return {
    input,
    cached,
    output,
    reasoning,
    // An estimate never takes more than was held for it.
    usd: usage === null && cost > running.hold.amount ? running.hold.amount : cost,
    basis: usage === null ? estimated : "reported",
  };
}

/** The events that end a turn. */
export function closingEvents(
  running: Running,
  closing: Closing,
  settled: Settled,
  ceiling: bigint | null,
  html: string,
): ChatEvent[] {
  const cost: ChatEvent = {
    type: "cost",
    turn: usdString(closing.spent?.usd ?? 0n),
    session: usdString(settled.session),
    toolToday: usdString(settled.toolToday),
    ceiling: ceiling === null ? null : usdString(ceiling),
    level: costLevel(settled.session),
    basis: closing.spent?.basis ?? "reported",
    simulated: closing.simulated,
  };
  if (closing.failure) return [cost, { type: "error", ...closing.failure }];
  return [cost, {
    type: "done",
    messageId: `${running.turn}a`,
    seq: settled.reply ?? running.question + 1,
    html,
    reason: closing.reason,
  }];
}
