import { createHash } from "node:crypto";
import { type Budget, type BudgetUse, heldOf, isInForce } from "./rules/budget.ts";
import { cameBefore, type Ceilings, shareBudgets, shareOn } from "./rules/shares.ts";
import { networkOf } from "../limits/rules/networks.ts";
import { type NanoUsd, parseUsd } from "../shared/money.ts";
import { counterOf, isOfLedger } from "./counters.ts";
import type { HeldBudget } from "./call_records.ts";
import { ALL, type BoundScope, meteringKeys } from "./records.ts";
import type { Key } from "../store/key.ts";
import type { Tx } from "../store/transactions.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type { Kv } from "../store/kv.ts";

interface Needs {
  store: { kv: Kv };
  calendar: Calendar;
  clock: Clock;
}

/** Shares of a day's budgets, in percent; 100 for no share of one's own. */
export interface SharePercents {
  person: number;
  address: number;
}

/** What a call is made for, as far as its budgets depend on it. */
export interface CallOrigin {
  tool: string;
  ceilings: Ceilings;
  percents: SharePercents;
  day: string;
  /** Whose share of the day it counts in; null for nobody's. */
  visitor: string | null;
  /** The address that it came from, where it counts in that one's share. */
  address: string | null;
  /** Whether it is made for a simulated phone. */
  forSimulator: boolean;
}

/** What all simulated phones together may spend in a day: none of it is taken from a ceiling. */
export const SIMULATOR_CEILING = parseUsd("1");
const SIMULATOR: Budget = {
  scope: "simulator",
  id: "(simulator)",
  window: "day",
  limit: SIMULATOR_CEILING,
};

/**
 * The budgets that a call counts in. What admins try out has a budget of its own, and only that.
 * An address counts as it is, and for IPv6 as the /64 and the /48 around it, since one line often
 * has a whole /48.
 */
export function budgetsFor(origin: CallOrigin): Budget[] {
  if (origin.forSimulator) return [SIMULATOR];
  const { tool, ceilings, percents, day, visitor, address } = origin;
  const budgets: Budget[] = [
    { scope: "tool", id: tool, window: "day", limit: ceilings.tool },
    { scope: "organisation", id: ALL, window: "day", limit: ceilings.organisation },
  ];
  if (percents.person < 100 && visitor !== null) {
    const person = { scope: "person" as const, id: visitor };
    budgets.push(...shareBudgets(person, tool, ceilings, percents.person));
  }
  if (percents.address < 100 && address !== null) {
    for (const each of [address, networkOf(address)]) {
      if (each === null) continue;
      const network = { scope: "address" as const, id: addressId(each, day) };
      budgets.push(...shareBudgets(network, tool, ceilings, percents.address));
    }
  }
  return budgets;
}

/** An address is kept for its day only, and not as it is. */
function addressId(address: string, day: string): string {
  return createHash("sha256").update(`share\0${day}\0${address}`).digest("base64url").slice(0, 22);
}

/** Keys of the counters of budgets. */
export function readsFor(budgets: readonly Budget[], day: string): Key<unknown>[] {
  const keys = new Map(budgets.map((budget) => {
    const { key } = counterOf(budget, day);
    return [key.id, key];
  }));
  return [...keys.values()];
}

/**
 * The budgets that a call counts in once it is known who makes it. Addresses do not count for
 * people who came on an earlier day or have linked a phone: teams share one.
 */
export function countedBudgets(
  tx: Pick<Tx, "get">,
  budgets: readonly Budget[],
  day: string,
  linked = false,
): Budget[] {
  const known = linked ||
    budgets.some(({ scope, id }) =>
      scope === "person" && cameBefore(shareOn(tx.get(meteringKeys.personShare(id)), day))
    );
  return budgets.filter(({ scope }) => scope !== "address" || !known);
}

/** What is used of the budgets that can refuse a call now. */
export function usesOf(
  tx: Pick<Tx, "get">,
  budgets: readonly Budget[],
  day: string,
): BudgetUse[] {
  return budgets.map((budget) => ({ ...budget, ...counterOf(budget, day).used(tx) }))
    .filter(isInForce);
}

/** An amount that a call holds, and how much of it is for fees beside the model's price. */
export interface Hold {
  day: string;
  amount: NanoUsd;
  fees?: NanoUsd;
}

/** Holds an amount in each of the budgets. Whether they have room is decided before. */
export function holdIn(
  tx: Tx,
  budgets: readonly Budget[],
  { day, amount, fees = 0n }: Hold,
): HeldBudget[] {
  return budgets.map((budget) => {
    const held = heldOf(budget, amount, fees);
    counterOf(budget, day).hold(tx, held);
    return { ...budget, held };
  });
}

/** Counts in budgets what was spent without a hold. */
export function spendIn(
  tx: Tx,
  budgets: readonly Budget[],
  { day, amount }: { day: string; amount: NanoUsd },
): void {
  for (const budget of budgets) counterOf(budget, day).spend(tx, amount);
}

/** The limits of the tool's and the organisation's day among budgets; null where they are not. */
export function ceilingsOf(budgets: readonly Budget[]): Ceilings {
  const limitOf = (wanted: BoundScope) =>
    budgets.find((budget) => budget.scope === wanted && isOfLedger(budget))?.limit ?? null;
  return { tool: limitOf("tool"), organisation: limitOf("organisation") };
}

/** Whether what counts in these budgets counts in neither its tool's nor the organisation's day. */
export function isApart(budgets: readonly Budget[]): boolean {
  return !budgets.some(isOfLedger);
}

/** What is used today of the budget of simulated phones, as an admin sees it. */
export async function simulatorToday(
  { store, calendar, clock }: Needs,
): Promise<{ used: NanoUsd; ceiling: NanoUsd }> {
  const { value } = await store.kv.get(meteringKeys.personShare(SIMULATOR.id));
  const { all } = shareOn(value, calendar.dayOf(clock()));
  return { used: all.spent + all.held, ceiling: SIMULATOR_CEILING };
}
