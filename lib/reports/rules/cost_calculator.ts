import type { NanoUsd } from "../../shared/money.ts";
import { costOf, type ModelPrice } from "../../llm/rules/prices.ts";

const DAYS_A_MONTH = 30n;

/** How a tool is used. */
export interface TypicalUse {
  /** Questions a day; each gets one reply. */
  messagesPerDay: number;
  /** Tokens that go with a question: prompt, history and the question itself. */
  inputTokens: number;
  /** Of those, how many the provider reads from its cache. */
  cachedTokens: number;
  /** Tokens of a reply. */
  outputTokens: number;
}

/** What an organisation can expect to pay. */
export interface Expected {
  perMessage: NanoUsd;
  perDay: NanoUsd;
  /** Thirty days. */
  perMonth: NanoUsd;
}

/** What messages of a kind cost with a model, by the formula that the ledger uses. */
export function expectedCost(usage: TypicalUse, price: ModelPrice): Expected {
  const perMessage = costOf({
    input: usage.inputTokens,
    cached: usage.cachedTokens,
    output: usage.outputTokens,
    reasoning: 0,
  }, price);
  const perDay = perMessage * BigInt(usage.messagesPerDay);
  return { perMessage, perDay, perMonth: perDay * DAYS_A_MONTH };
}
