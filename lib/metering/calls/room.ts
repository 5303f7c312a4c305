import type { NanoUsd } from "../../shared/money.ts";
import { budgetsFor, readsFor, usesOf } from "../budgets.ts";
import { budgetLimits } from "../budgets_in_force.ts";
import type { BudgetScope, BudgetWindow } from "../rules/budget.ts";
import type { CallPlace, HoldDeps } from "./hold_call.ts";

/** A budget without room for a sum. */
export interface Shortage {
  scope: BudgetScope;
  window: BudgetWindow;
  left: NanoUsd;
}

/**
 * Of the budgets without room now for a sum, the one with the least left; null when all have room.
 * It holds nothing: each call of the sum is held by itself.
 */
export async function shortageFor(
  { store, clock, calendar, ...deps }: HoldDeps,
  { tool, ceiling, channel, visitor }: CallPlace,
  sum: NanoUsd,
): Promise<Shortage | null> {
  const day = calendar.dayOf(clock());
  const limits = budgetLimits({ ...deps, store }, { id: tool, ceiling }, channel);
  const budgets = budgetsFor({ tool, limits, day, visitor, address: null, forSimulator: false });
  return await store.transactions.run(readsFor(budgets, day), (tx) => {
    const short = usesOf(tx, budgets, day).flatMap(({ scope, window, limit, spent, held }) => {
      const left = limit === null ? sum : limit - spent - held;
      return left < sum ? [{ scope, window, left: left > 0n ? left : 0n }] : [];
    });
    return short.sort((x, y) => x.left < y.left ? -1 : 1)[0] ?? null;
  });
}
