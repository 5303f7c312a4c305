import { writeSafely } from "../store/migrations.ts";
import type { Kv } from "../store/kv.ts";
import { addTotals, EMPTY_DAY, isBound, Ledger, monthOf } from "./ledger.ts";
import { type BoundScope, type DayTotal, meteringKeys } from "./records.ts";

/** Migration: sums the days of the tools and the organisation by month. */
export async function sumMonths(kv: Kv): Promise<void> {
  const months = new Map<
    string,
    { month: string; scope: BoundScope; name: string; total: DayTotal }
  >();
  for await (const { day, scope, name, total } of new Ledger(kv).totals()) {
    if (!isBound(scope)) continue;
    const month = monthOf(day);
    const id = `${month} ${scope} ${name}`;
    const before = months.get(id)?.total ?? EMPTY_DAY;
    months.set(id, { month, scope, name, total: addTotals(before, total) });
  }
  for (const { month, scope, name, total } of months.values()) {
    // Calls under way hold in days only: they began before months were counted.
    const sums = { ...total, held: 0n, holds: 0 };
    await writeSafely(kv, meteringKeys.month(month, scope, name), sums);
  }
}
