import type { CallCost } from "./call_records.ts";
import type { BudgetWindow } from "./rules/budget.ts";
import type { Ceilings } from "./rules/shares.ts";
import { ALL, type BoundScope, type DayTotal, type LedgerEntry, meteringKeys } from "./records.ts";
import { addCost, addTurn, type EndedTurn, newHours } from "./hours.ts";
import type { DayHours } from "./hour_records.ts";
import type { Alert } from "./alert_records.ts";
import type { Key } from "../store/key.ts";
import { addEntry, EMPTY_DAY, isBound, monthOf, scopesOf, subtractEntry, sumOf } from "./ledger.ts";
import type { Tx } from "../store/transactions.ts";
import { crossedThresholds } from "./spending_alerts.ts";

/** The sums in which an entry counts. */
export type Booked = Pick<LedgerEntry, "day" | "tool" | "model" | "channel" | "variant">;

/** Parameters of a booking besides the entry's own figures. */
export interface Booking {
  /** Hour in the organisation's time zone in which the call began. */
  hour: number;
  /** Ceilings of the tool and the organisation by window, for alerts. */
  ceilings: Record<BudgetWindow, Ceilings>;
  /** Percentages of a ceiling that raise alerts. */
  shares: readonly number[];
}

/** Keys that booking or unbooking an entry reads. */
export function readsToBook(entry: Booked): Key<unknown>[] {
  const { day, tool } = entry;
  return [
    ...scopesOf(entry).map(([scope, name]) => meteringKeys.day(day, scope, name)),
    meteringKeys.hours(day, "tool", tool),
    meteringKeys.hours(day, "organisation", ALL),
    meteringKeys.month(monthOf(day), "tool", tool),
    meteringKeys.month(monthOf(day), "organisation", ALL),
  ];
}

/**
 * Books an auxiliary cost in the caller's transaction: the entry and its sums.
 * Returns the alerts that it raises.
 */
export function bookCost(tx: Tx, cost: LedgerEntry, booking: Booking): Alert[] {
  const entry = { ...cost, beside: true };
  const { hour } = booking;
  return bookEntry(tx, entry, booking, (hours) => addCost(hours, { ...entry, hour }, 1));
}

/** Books a turn's reply: the entry, its sums, and the turn in its hour. */
export function bookReply(
  tx: Tx,
  entry: LedgerEntry,
  booking: Booking,
  turn: Omit<EndedTurn, "entry">,
): Alert[] {
  return bookEntry(tx, entry, booking, (hours) => addTurn(hours, { ...turn, entry }));
}

/** Counts a turn without cost in its hour. */
export function countTurn(
  tx: Tx,
  { day, tool }: Pick<Booked, "day" | "tool">,
  turn: Omit<EndedTurn, "entry">,
): void {
  const scopes: [BoundScope, string][] = [["tool", tool], ["organisation", ALL]];
  for (const [scope, name] of scopes) {
    const before = tx.get(meteringKeys.day(day, scope, name)) ?? EMPTY_DAY;
    changeHours(
      tx,
      { day, scope, name, before },
      (hours) => addTurn(hours, { ...turn, entry: null }),
    );
  }
}

function bookEntry(
  tx: Tx,
  entry: LedgerEntry,
  { ceilings, shares }: Booking,
  toHours: (hours: DayHours) => DayHours,
): Alert[] {
  const { day, at } = entry;
  tx.set(meteringKeys.ledger(day, entry.turn), entry);
  const alerts: Alert[] = [];
  for (const [scope, name] of scopesOf(entry)) {
    const key = meteringKeys.day(day, scope, name);
    const before = sumOf(tx, scope, key);
    if (before === null) continue;
    const after = addEntry(before, entry);
    tx.set(key, after);
    if (!isBound(scope)) continue;
    changeHours(tx, { day, scope, name, before }, toHours);
    const month = changeMonth(tx, entry, scope, name, addEntry);
    const reached = { scope, name, at, shares };
    alerts.push(
      ...crossedThresholds({ ...reached, window: "day" }, ceilings.day[scope], before, after),
      ...crossedThresholds(
        { ...reached, window: "month" },
        ceilings.month[scope],
        month.before,
        month.after,
      ),
    );
  }
  return alerts;
}

function changeMonth(
  tx: Tx,
  entry: LedgerEntry,
  scope: BoundScope,
  name: string,
  change: (total: DayTotal, entry: LedgerEntry) => DayTotal,
): { before: DayTotal; after: DayTotal } {
  const key = meteringKeys.month(monthOf(entry.day), scope, name);
  const before = tx.get(key) ?? EMPTY_DAY;
  const after = change(before, entry);
  tx.set(key, after);
  return { before, after };
}

function changeHours(
  tx: Tx,
  { day, scope, name, before }: {
    day: string;
    scope: BoundScope;
    name: string;
    before: DayTotal;
  },
  change: (hours: DayHours) => DayHours,
): void {
  const key = meteringKeys.hours(day, scope, name);
  tx.set(key, change(tx.get(key) ?? newHours(before)));
}

/** Takes an auxiliary entry out of the ledger and its sums: the paid action did not happen. */
export function unbookCost(tx: Tx, cost: LedgerEntry, hour: number): void {
  const entry = { ...cost, beside: true };
  tx.delete(meteringKeys.ledger(entry.day, entry.turn));
  for (const [scope, name] of scopesOf(entry)) {
    const key = meteringKeys.day(entry.day, scope, name);
    const before = sumOf(tx, scope, key);
    if (before === null) continue;
    tx.set(key, subtractEntry(before, entry));
    if (!isBound(scope)) continue;
    changeMonth(tx, entry, scope, name, subtractEntry);
    const hours = meteringKeys.hours(entry.day, scope, name);
    const kept = tx.get(hours);
    if (kept) tx.set(hours, addCost(kept, { ...entry, hour }, -1));
  }
}

/** Marks an entry whose figures are not the provider's. */
export function disbelief(doubt: CallCost["doubt"]): Pick<LedgerEntry, "disbelieved"> {
  return doubt?.code === "usage_not_believed" ? { disbelieved: true } : {};
}
