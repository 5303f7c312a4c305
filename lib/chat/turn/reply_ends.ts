import { bookingOf, type Seen } from "../../metering/rules/claims.ts";
import { errorEvent } from "../rules/turn_texts.ts";
import { type Usage, worstCase } from "../../llm/rules/prices.ts";
import { thinksUnseen } from "../../llm/hidden_thinking.ts";
import type { ChatEvent, FinishReason } from "../../shared/chat_events.ts";
import { costLevel, usdString } from "../../shared/money.ts";
import { estimateTokens, utf8Length } from "../../llm/tokens.ts";
import type { Running } from "../../metering/records.ts";
import type { Settled } from "./settle_turn.ts";
import type { Closing, Spent } from "./turn_outcome.ts";

/** What a reply is paid by. */
export interface Outcome {
  /** What the provider says was used; null when it does not say. */
  claim: Usage | null;
  seen: Seen;
  /** UTF-16 units of all that was sent; 0 where that is not known any more. */
  promptLength: number;
  /** Tokens that the model can read and write at most; null where nobody tells. */
  context: number | null;
  reason: FinishReason | null;
}

/** What a reply cost: by the provider's own count where that can be true, else by what came of it. */
export function spentOn(running: Running, outcome: Outcome): Spent {
  const { claim, seen, promptLength, context, reason } = outcome;
  const { price, inputEstimate, maxTokens, hold, promptTokens } = running;
  // What the messages of a delivery cost is held as well, and booked for each of them.
  const held = promptTokens === undefined ? hold.amount : worstCase(promptTokens, maxTokens, price);
  const { from, ...counted } = bookingOf(claim, seen, {
    price,
    promptLength,
    inputEstimate,
    promptTokens: promptTokens ?? inputEstimate,
    maxTokens,
    context,
    thinksUnseen: thinksUnseen(running.model),
  }, held);
  const cutShort = reason === "stopped" || reason === "interrupted" || reason === null;
  const partial = cutShort && from === "seen" && counted.doubt === null;
  return { ...counted, basis: from === "claim" ? "reported" : partial ? "partial" : "estimated" };
}

/** What came of a reply by its text, and the thinking that is not shown with it. */
export function seenOf(text: string, thinkingBytes: number): Seen {
  return { textBytes: utf8Length(text), textTokens: estimateTokens(text), thinkingBytes };
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
  if (closing.failure) return [cost, errorEvent(closing.failure)];
  return [cost, {
    type: "done",
    messageId: `${running.turn}a`,
    seq: settled.reply ?? running.question + 1,
    html,
    reason: closing.reason,
  }];
}
