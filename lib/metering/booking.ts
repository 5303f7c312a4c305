import type { Purse } from "./rules/budget.ts";
import { ALL, type DayTotal, type LedgerEntry, meteringKeys } from "./records.ts";
import type { Doubt } from "./rules/claims.ts";
import type { NanoUsd } from "../shared/money.ts";
import { addCost, newHours } from "./hours.ts";
import type { Alert } from "./alert_records.ts";
import type { Key } from "../store/key.ts";
import { addEntry, countedOf, isBound, scopesOf, sumOf, takeEntry } from "./ledger.ts";
import type { Tx } from "../store/transactions.ts";
import { crossed } from "./spending_alerts.ts";

/** Where an entry counts. */
export type Booked = Pick<LedgerEntry, "day" | "tool" | "model" | "channel" | "variant">;

/** Where alerts come from. */
export interface Ceilings {
  tool: NanoUsd | null;
  organisation: NanoUsd | null;
}

/** What {@link book} and {@link takeBack} read. */
export function readsToBook(entry: Booked): Key<unknown>[] {
  const { day, tool } = entry;
  return [
    ...scopesOf(entry).map(([scope, name]) => meteringKeys.day(day, scope, name)),
    meteringKeys.hours(day, "tool", tool),
    meteringKeys.hours(day, "organisation", ALL),
  ];
}

/**
 * Books a cost that is no turn's own reply: the entry and its sums, in the
 * transaction of what is paid for. Returns the alerts that it raises.
 */
export function book(
  tx: Tx,
  cost: LedgerEntry,
  hour: number,
  ceilings: Ceilings,
  shares: readonly number[],
): Alert[] {
  const entry = { ...cost, beside: true };
  tx.set(meteringKeys.ledger(entry.day, entry.turn), entry);
  const alerts: Alert[] = [];
  for (const [scope, name] of scopesOf(entry)) {
    const key = meteringKeys.day(entry.day, scope, name);
    const before = sumOf(tx, scope, key);
    if (before === null) continue;
    const after = addEntry(before, entry);
    if (isBound(scope)) {
      const hours = meteringKeys.hours(entry.day, scope, name);
      tx.set(hours, addCost(tx.get(hours) ?? newHours(before), { ...entry, hour }, 1));
      const { at } = entry;
      alerts.push(...crossed(scope, name, ceilings[scope], before, after, { at, shares }));
    }
    tx.set(key, after);
  }
  return alerts;
}

/** Takes an entry out of the books again: what it was for did not happen. */
export function takeBack(tx: Tx, cost: LedgerEntry, hour: number): void {
  const entry = { ...cost, beside: true };
  tx.delete(meteringKeys.ledger(entry.day, entry.turn));
  for (const [scope, name] of scopesOf(entry)) {
    const key = meteringKeys.day(entry.day, scope, name);
    const before = sumOf(tx, scope, key);
    if (before === null) continue;
    tx.set(key, takeEntry(before, entry));
    if (!isBound(scope)) continue;
    const hours = meteringKeys.hours(entry.day, scope, name);
    const kept = tx.get(hours);
    if (kept) tx.set(hours, addCost(kept, { ...entry, hour }, -1));
  }
}

/** The mark of an entry whose figures are not those that the provider told. */
export function disbelief(doubt: Doubt | null | undefined): Pick<LedgerEntry, "disbelieved"> {
  return doubt?.code === "usage_not_believed" ? { disbelieved: true } : {};
}

/** What of a day's sums counts in its ceiling. */
export function purseOf(total: DayTotal, ceiling: NanoUsd | null): Purse {
  return { ceiling, spent: countedOf(total), held: total.held };
}
