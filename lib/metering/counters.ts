import type { Budget } from "./rules/budget.ts";
import {
  addToShare,
  NOTHING,
  type ShareDay,
  shareOn,
  type ShareUsage,
  usedOf,
} from "./rules/shares.ts";
import type { NanoUsd } from "../shared/money.ts";
import { type BudgetTotal, type DayTotal, meteringKeys } from "./records.ts";
import type { Key } from "../store/key.ts";
import { countedOf, EMPTY_DAY, isBound, monthOf } from "./ledger.ts";
import type { Tx } from "../store/transactions.ts";

/** Stored sum of one budget's spent and held amounts in one window. */
export interface Counter {
  readonly key: Key<unknown>;
  used(tx: Pick<Tx, "get">): ShareUsage;
  /** Holds an amount for a new call. */
  hold(tx: Tx, amount: NanoUsd): void;
  /**
   * Releases a hold and counts the cost; no effect after the window's end.
   * With `calls` 0 the call continues; a negative `held` holds more for it.
   */
  settle(tx: Tx, held: NanoUsd, spent: NanoUsd, calls?: 0 | 1): void;
  /** Counts spending without a hold. */
  spend(tx: Tx, amount: NanoUsd): void;
}

/**
 * The counter of a budget in the window of a day.
 * The days and months of a tool and the organisation are the ledger's own sums, those of a person
 * or an address are share records, everything else is a record by window, scope and id.
 */
export function counterOf(budget: Budget, day: string): Counter {
  const { scope, id, window, tool } = budget;
  const month = monthOf(day);
  if (isOfLedger(budget) && isBound(scope)) {
    const key = window === "day"
      ? meteringKeys.day(day, scope, id)
      : meteringKeys.month(month, scope, id);
    return new LedgerCounter(key);
  }
  if (scope === "person" && window === "month") {
    return new ShareCounter(meteringKeys.personMonth(id), month, tool);
  }
  if (window === "day") {
    if (scope === "person") return new ShareCounter(meteringKeys.personShare(id), day, tool);
    if (scope === "address") return new ShareCounter(meteringKeys.addressShare(id), day, tool);
    if (scope === "simulator") return new ShareCounter(meteringKeys.personShare(id), day, tool);
  }
  const period = window === "day" ? day : month;
  return new WindowCounter(meteringKeys.budget(period, scope, id, tool ?? ""));
}

/** Whether a budget is counted in the ledger's own sums, which have all entries not `apart`. */
export function isOfLedger({ scope, tool }: Budget): boolean {
  return tool === undefined && isBound(scope);
}

/** Counter in the ledger's sums. Only holds: entries add spending, see {@link bookCost}. */
class LedgerCounter implements Counter {
  constructor(readonly key: Key<DayTotal>) {}

  used(tx: Pick<Tx, "get">): ShareUsage {
    const { held, ...sums } = this.total(tx);
    return { spent: countedOf(sums), held };
  }

  hold(tx: Tx, amount: NanoUsd): void {
    this.change(tx, amount, 1);
  }

  settle(tx: Tx, held: NanoUsd, _spent: NanoUsd, calls: 0 | 1 = 1): void {
    this.change(tx, -held, -calls);
  }

  spend(): void {}

  private total(tx: Pick<Tx, "get">): DayTotal {
    return tx.get(this.key) ?? EMPTY_DAY;
  }

  private change(tx: Tx, by: NanoUsd, holds: number): void {
    const total = this.total(tx);
    tx.set(this.key, { ...total, held: total.held + by, holds: total.holds + holds });
  }
}

/** Counter in a record of the latest day (or month) of use; a later one resets it. */
class ShareCounter implements Counter {
  constructor(
    readonly key: Key<ShareDay>,
    private readonly day: string,
    private readonly tool: string | undefined,
  ) {}

  used(tx: Pick<Tx, "get">): ShareUsage {
    return usedOf(shareOn(tx.get(this.key), this.day), this.tool);
  }

  hold(tx: Tx, amount: NanoUsd): void {
    this.add(tx, shareOn(tx.get(this.key), this.day), { spent: 0n, held: amount });
  }

  settle(tx: Tx, held: NanoUsd, spent: NanoUsd): void {
    const share = tx.get(this.key);
    // The record of a later day no longer includes this call.
    if (share?.day === this.day) this.add(tx, share, { spent, held: -held });
  }

  spend(tx: Tx, amount: NanoUsd): void {
    this.add(tx, shareOn(tx.get(this.key), this.day), { spent: amount, held: 0n });
  }

  private add(tx: Tx, share: ShareDay, more: ShareUsage): void {
    tx.set(this.key, addToShare(share, this.tool, more));
  }
}

/** Counter in one record per window. */
class WindowCounter implements Counter {
  constructor(readonly key: Key<BudgetTotal>) {}

  used(tx: Pick<Tx, "get">): ShareUsage {
    return tx.get(this.key) ?? NOTHING;
  }

  hold(tx: Tx, amount: NanoUsd): void {
    this.add(tx, { spent: 0n, held: amount });
  }

  settle(tx: Tx, held: NanoUsd, spent: NanoUsd): void {
    this.add(tx, { spent, held: -held });
  }

  spend(tx: Tx, amount: NanoUsd): void {
    this.add(tx, { spent: amount, held: 0n });
  }

  private add(tx: Tx, more: ShareUsage): void {
    const { spent, held } = this.used(tx);
    tx.set(this.key, { spent: spent + more.spent, held: held + more.held });
  }
}
