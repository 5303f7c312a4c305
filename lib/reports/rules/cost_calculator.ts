import type { NanoUsd } from "../../shared/money.ts";
import { costOf, type ModelPrice } from "../../llm/rules/prices.ts";

const DAYS_A_MONTH = 30n;

export interface TypicalUse {
  /** Questions per day, each with one reply. */
  messagesPerDay: number;
  /** Tokens per question: prompt, history and the question itself. */
  inputTokens: number;
  /** Tokens of those that the provider reads from its cache. */
  cachedTokens: number;
  /** Tokens per reply. */
  outputTokens: number;
}

/** Expected cost. */
export interface Expected {
  perMessage: NanoUsd;
  perDay: NanoUsd;
  /** Thirty days. */
  perMonth: NanoUsd;
}

/**
 * Expected cost with a model, by the ledger's formula.
 * @param delivery cost of the question's and the reply's messages
 */
export function expectedCost(
  usage: TypicalUse,
  price: ModelPrice,
  delivery: NanoUsd = 0n,
): Expected {
  const perMessage = delivery + costOf({
    input: usage.inputTokens,
    cached: usage.cachedTokens,
    output: usage.outputTokens,
    reasoning: 0,
  }, price);
  const perDay = perMessage * BigInt(usage.messagesPerDay);
  return { perMessage, perDay, perMonth: perDay * DAYS_A_MONTH };
}
