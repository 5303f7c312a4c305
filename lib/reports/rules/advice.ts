import type { NanoUsd } from "../../shared/money.ts";
import { costOfCalls, type ModelPrice } from "../../llm/rules/prices.ts";

/** What a tool sent to a model and got back, in some days. */
export interface ModelUse {
  entries: number;
  spent: NanoUsd;
  input: number;
  cached: number;
  output: number;
}

/** What another model would have cost for the same. */
export interface Saving {
  model: string;
  spent: NanoUsd;
  wouldHaveSpent: NanoUsd;
  savedAMonth: NanoUsd;
  savedPercent: number;
}

/** Less is not worth the change. */
const LEAST_PERCENT = 10n;
const LEAST_A_MONTH = 10_000_000n;
const DAYS_A_MONTH = 30n;

/** The same tokens at another model's price, if that saves something worth a change; else null. */
export function savingWith(
  use: ModelUse,
  cheaper: { model: string; price: ModelPrice },
  days: number,
): Saving | null {
  const { entries, spent, input, cached, output } = use;
  const sums = { input, cached, output, reasoning: 0 };
  const wouldHaveSpent = costOfCalls(entries, sums, cheaper.price);
  const saved = spent - wouldHaveSpent;
  if (spent === 0n || saved * 100n < spent * LEAST_PERCENT) return null;
  const savedAMonth = saved * DAYS_A_MONTH / BigInt(days);
  if (savedAMonth < LEAST_A_MONTH) return null;
  const savedPercent = Number(saved * 100n / spent);
  return { model: cheaper.model, spent, wouldHaveSpent, savedAMonth, savedPercent };
}
