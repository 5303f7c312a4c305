import { createHash } from "node:crypto";
import {
  type Budget,
  type BudgetUse,
  type BudgetWindow,
  heldOf,
  isInForce,
} from "./rules/budget.ts";
import {
  cameBefore,
  type Ceilings,
  shareBudgets,
  shareOn,
  type SharePercents,
} from "./rules/shares.ts";
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

/** The limits that apply to a call, in nano-dollars; null for none. */
export interface BudgetLimits {
  day: Ceilings;
  month: Ceilings;
  percents: SharePercents;
  /** A person's own limits, besides their share of the day. */
  person: { day: NanoUsd | null; month: NanoUsd | null };
  /** An address's own limit, besides its share of the day. */
  addressDay: NanoUsd | null;
}

/** Origin of a call, as far as its budgets depend on it. */
export interface CallOrigin {
  tool: string;
  limits: BudgetLimits;
  day: string;
  /** Visitor whose share of the day pays; null for none. */
  visitor: string | null;
  /** Address whose share of the day pays; null for none. */
  address: string | null;
  /** Whether the call serves a simulated phone. */
  forSimulator: boolean;
}

/** Daily ceiling of all simulated phones together; they use no other ceiling. */
export const SIMULATOR_CEILING = parseUsd("1");
const SIMULATOR: Budget = {
  scope: "simulator",
  id: "(simulator)",
  window: "day",
  limit: SIMULATOR_CEILING,
};

/**
 * The budgets in which a call counts. Admins' trials have one budget of their own and no
 * other.
 * An IPv6 address also counts as its /64 and /48, since one line often has a whole /48.
 */
export function budgetsFor(origin: CallOrigin): Budget[] {
  if (origin.forSimulator) return [SIMULATOR];
  const { tool, limits, day, visitor, address } = origin;
  const { percents, person, addressDay } = limits;
  const budgets: Budget[] = [
    { scope: "tool", id: tool, window: "day", limit: limits.day.tool },
    { scope: "organisation", id: ALL, window: "day", limit: limits.day.organisation },
    ...monthBudgets(tool, limits.month),
  ];
  if (visitor !== null) {
    const owner = { scope: "person" as const, id: visitor };
    budgets.push(...shareBudgets(owner, tool, limits.day, percents.person, person.day));
    if (person.month !== null) budgets.push({ ...owner, window: "month", limit: person.month });
  }
  if (address !== null) {
    for (const each of [address, networkOf(address)]) {
      if (each === null) continue;
      const network = { scope: "address" as const, id: addressId(each, day) };
      budgets.push(...shareBudgets(network, tool, limits.day, percents.address, addressDay));
    }
  }
  return budgets;
}

/** The months with a limit: months without one are counted by the ledger alone. */
function monthBudgets(tool: string, month: Ceilings): Budget[] {
  const budgets: Budget[] = [
    { scope: "tool", id: tool, window: "month", limit: month.tool },
    { scope: "organisation", id: ALL, window: "month", limit: month.organisation },
  ];
  return budgets.filter(({ limit }) => limit !== null);
}

/** Hash of an address and its day: stored for that day only, never in clear. */
function addressId(address: string, day: string): string {
  return createHash("sha256").update(`share\0${day}\0${address}`).digest("base64url").slice(0, 22);
}

/** Keys of the budgets' counters. */
export function readsFor(budgets: readonly Budget[], day: string): Key<unknown>[] {
  const keys = new Map(budgets.map((budget) => {
    const { key } = counterOf(budget, day);
    return [key.id, key];
  }));
  return [...keys.values()];
}

/**
 * The budgets in which a call counts once its visitor is known. Address shares do not apply
 * to visitors of an earlier day or with a linked phone: teams share one address.
 */
export function countedBudgets(
  tx: Pick<Tx, "get">,
  budgets: readonly Budget[],
  day: string,
  linked = false,
): Budget[] {
  const known = linked ||
    budgets.some(({ scope, id, window }) =>
      scope === "person" && window === "day" &&
      cameBefore(shareOn(tx.get(meteringKeys.personShare(id)), day))
    );
  return budgets.filter(({ scope }) => scope !== "address" || !known);
}

/** Usage of the budgets that can refuse a call now. */
export function usesOf(
  tx: Pick<Tx, "get">,
  budgets: readonly Budget[],
  day: string,
): BudgetUse[] {
  return budgets.map((budget) => ({ ...budget, ...counterOf(budget, day).used(tx) }))
    .filter(isInForce);
}

/** Amount that a call holds, and the part of it for fees besides the model's price. */
export interface Hold {
  day: string;
  amount: NanoUsd;
  fees?: NanoUsd;
}

/** Holds an amount in each budget. The caller has checked that there is room. */
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

/** Counts spending without a hold in the budgets. */
export function spendIn(
  tx: Tx,
  budgets: readonly Budget[],
  { day, amount }: { day: string; amount: NanoUsd },
): void {
  for (const budget of budgets) counterOf(budget, day).spend(tx, amount);
}

/** The limits of the tool and the organisation among budgets; null where absent. */
export function ceilingsOf(budgets: readonly Budget[], window: BudgetWindow = "day"): Ceilings {
  const limitOf = (wanted: BoundScope) =>
    budgets.find((budget) =>
      budget.scope === wanted && budget.window === window && isOfLedger(budget)
    )?.limit ?? null;
  return { tool: limitOf("tool"), organisation: limitOf("organisation") };
}

/** {@link ceilingsOf} by window. */
export function ceilingsByWindow(budgets: readonly Budget[]): Record<BudgetWindow, Ceilings> {
  return { day: ceilingsOf(budgets), month: ceilingsOf(budgets, "month") };
}

/** Whether these budgets include neither the tool's nor the organisation's. */
export function isApart(budgets: readonly Budget[]): boolean {
  return !budgets.some(isOfLedger);
}

/** Today's use of the simulated phones' budget, for the admin area. */
export async function simulatorToday(
  { store, calendar, clock }: Needs,
): Promise<{ used: NanoUsd; ceiling: NanoUsd }> {
  const { value } = await store.kv.get(meteringKeys.personShare(SIMULATOR.id));
  const { all } = shareOn(value, calendar.dayOf(clock()));
  return { used: all.spent + all.held, ceiling: SIMULATOR_CEILING };
}
