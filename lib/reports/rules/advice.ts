import type { NanoUsd } from "../../shared/money.ts";
import { costOfCalls, type ModelPrice } from "../../llm/rules/prices.ts";

/** A tool's usage of a model over some days. */
export interface ModelUse {
  entries: number;
  spent: NanoUsd;
  input: number;
  cached: number;
  output: number;
}

/** Savings by another model for the same usage. */
export interface Saving {
  model: string;
  spent: NanoUsd;
  wouldHaveSpent: NanoUsd;
  savedAMonth: NanoUsd;
  savedPercent: number;
}

/** Smaller savings are not worth a change. */
const LEAST_PERCENT = 10n;
const LEAST_A_MONTH = 10_000_000n;
const DAYS_A_MONTH = 30n;

/** Savings with another model's price for the same tokens; null below the minimum. */
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
