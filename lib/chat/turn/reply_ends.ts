import { errorEvent } from "../rules/turn_texts.ts";
import type { Log } from "../../platform/log.ts";
import type { ModelCatalogue } from "../../llm/catalogue.ts";
import { type PromptMessage, soundSecondsIn } from "../../llm/rules/prompt.ts";
import type { RequestBounds } from "../../metering/calls/attempts.ts";
import type { ChatEvent } from "../../shared/chat_events.ts";
import { costLevel, usdString } from "../../shared/money.ts";
import type { Running } from "../../metering/call_records.ts";
import { costOfAttempts, lastAttempt } from "../../metering/calls/call_steps.ts";
import {
  costOfReply,
  type ReplyCharge,
  type ReplyOutcome,
} from "../../metering/calls/reply_cost.ts";
import type { LiveTurn } from "./live_turn.ts";
import { nameOf } from "./provider_failures.ts";
import type { SettledTurn } from "./settle_turn.ts";
import type { TurnOutcome } from "./turn_outcome.ts";

/** Bounds of a turn's requests before any provider answers. */
export function boundsOf(
  { maxTokens, effort, inputEstimate, promptTokens = inputEstimate }: Running,
  prompt: readonly PromptMessage[],
  catalogue: Pick<ModelCatalogue, "contextOf">,
): RequestBounds {
  return {
    maxTokens,
    effort,
    inputEstimate,
    promptTokens,
    promptLength: prompt.reduce((sum, { content }) => sum + content.length, 0),
    soundSeconds: soundSecondsIn(prompt),
    contextOf: (provider, model) => catalogue.contextOf(provider, model),
  };
}

/** Usage and cost of a turn's last attempt. */
export function spentOn(running: Running, outcome: ReplyOutcome): ReplyCharge {
  const { inputEstimate, maxTokens, effort } = running;
  const { provider, model, price, hold } = lastAttempt(running);
  const promptTokens = running.promptTokens ?? inputEstimate;
  const bounds = {
    provider,
    model,
    inputEstimate,
    promptTokens,
    maxTokens,
    effort,
    price: price ?? running.price,
  };
  return costOfReply(bounds, outcome, hold);
}

/** Ends the text; an error in rendering must not prevent the settlement. */
export function finishText({ log }: { log: Log }, { turn }: Running, live: LiveTurn): void {
  try {
    live.finish();
  } catch (error) {
    log("error", "A reply cannot be rendered", { turn, error: nameOf(error) });
  }
}

/** The last events of a turn. */
export function closingEvents(
  running: Running,
  outcome: TurnOutcome,
  settled: SettledTurn,
  ceiling: bigint | null,
  html: string,
): ChatEvent[] {
  const { usd, basis } = costOfAttempts(running, outcome.spent);
  const cost: ChatEvent = {
    type: "cost",
    turn: usdString(usd),
    session: usdString(settled.session),
    toolToday: usdString(settled.toolToday),
    ceiling: ceiling === null ? null : usdString(ceiling),
    level: costLevel(settled.session),
    basis,
    simulated: lastAttempt(running).simulated,
  };
  if (outcome.failure) return [cost, errorEvent(outcome.failure)];
  return [cost, {
    type: "done",
    messageId: `${running.turn}a`,
    seq: settled.reply ?? running.question + 1,
    at: outcome.at,
    html,
    reason: outcome.reason,
  }];
}
