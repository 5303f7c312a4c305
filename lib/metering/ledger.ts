import type { Kv } from "../store/kv.ts";
import {
  ALL,
  type BoundScope,
  type DayTotal,
  type LedgerEntry,
  meteringKeys,
  type Scope,
  scope,
} from "./records.ts";
import type { Key } from "../store/key.ts";
import type { Tx } from "../store/transactions.ts";

export const EMPTY_DAY: DayTotal = {
  spent: 0n,
  held: 0n,
  holds: 0,
  entries: 0,
  beside: 0,
  simulated: 0n,
  apart: 0n,
  input: 0,
  cached: 0,
  output: 0,
  reasoning: 0,
};

/** Sums of one day and scope. */
export interface TotalOfDay {
  day: string;
  scope: Scope;
  name: string;
  total: DayTotal;
}

/** Permanent entries, and daily sums whose reading costs the same for any number of entries. */
export class Ledger {
  constructor(private readonly kv: Kv) {}

  /** Sums of several days of one scope, in the order of `days`. */
  async days(scope: Scope, name: string, days: readonly string[]): Promise<DayTotal[]> {
    const entries = await this.kv.getMany(days.map((day) => meteringKeys.day(day, scope, name)));
    return entries.map((entry) => entry.value ?? EMPTY_DAY);
  }

  /** Like days(), for display: a damaged sum is reported and shown as zero. */
  async shown(scope: Scope, name: string, days: readonly string[]): Promise<DayTotal[]> {
    const entries = await this.kv.getEach(days.map((day) => meteringKeys.day(day, scope, name)));
    return entries.map((entry) => entry.value ?? EMPTY_DAY);
  }

  /** Sums of one month, for display: a damaged sum is reported and shown as zero. */
  async month(scope: BoundScope, name: string, month: string): Promise<DayTotal> {
    const [entry] = await this.kv.getEach([meteringKeys.month(month, scope, name)]);
    return entry?.value ?? EMPTY_DAY;
  }

  /** Sums of all scopes, from `from` to `to`, both included. */
  async between(from: string, to: string): Promise<TotalOfDay[]> {
    const rows = await this.kv.list({ start: ["day", from], end: ["day", `${to}~`] }, keyAt);
    return rows.map(({ path, value }) => ({ ...placeOf(path), total: value }));
  }

  /** All entries by day, in batches. */
  async *all(): AsyncGenerator<LedgerEntry[]> {
    const read = (path: Deno.KvKey) => meteringKeys.ledger(String(path[1]), String(path[2]));
    for await (const rows of this.kv.pieces(["ledger"], read)) yield rows.map((row) => row.value);
  }

  /** Sums of the tools and the organisation by month; `day` is the month. */
  async *months(): AsyncGenerator<TotalOfDay> {
    for await (const rows of this.kv.pieces(["month"], monthAt)) {
      for (const { path, value } of rows) yield { ...placeOf(path), total: value };
    }
  }

  async *totals(): AsyncGenerator<TotalOfDay> {
    for await (const rows of this.kv.pieces(["day"], keyAt)) {
      for (const { path, value } of rows) yield { ...placeOf(path), total: value };
    }
  }
}

function keyAt(path: Deno.KvKey) {
  const { day, scope, name } = placeOf(path);
  return meteringKeys.day(day, scope, name);
}

function monthAt(path: Deno.KvKey) {
  const { day, scope, name } = placeOf(path);
  return meteringKeys.month(day, scope === "tool" ? scope : "organisation", name);
}

function placeOf(path: Deno.KvKey): Pick<TotalOfDay, "day" | "scope" | "name"> {
  return { day: String(path[1]), scope: scope.parse(path[2]), name: String(path[3]) };
}

/** The sums after one more entry. */
export function addEntry(total: DayTotal, entry: LedgerEntry): DayTotal {
  return count(total, entry, 1);
}

/** The sums without an entry that is unbooked. */
export function subtractEntry(total: DayTotal, entry: LedgerEntry): DayTotal {
  return count(total, entry, -1);
}

function count(total: DayTotal, entry: LedgerEntry, sign: 1 | -1): DayTotal {
  const usd = BigInt(sign) * entry.usd;
  return {
    ...total,
    spent: total.spent + usd,
    entries: total.entries + sign,
    beside: total.beside + (entry.beside ? sign : 0),
    simulated: total.simulated + (entry.simulated ? usd : 0n),
    apart: total.apart + (entry.apart ? usd : 0n),
    input: total.input + sign * entry.input,
    cached: total.cached + sign * entry.cached,
    output: total.output + sign * entry.output,
    reasoning: total.reasoning + sign * entry.reasoning,
  };
}

/** Two sums of one scope, added. */
export function addTotals(a: DayTotal, b: DayTotal): DayTotal {
  return {
    spent: a.spent + b.spent,
    held: a.held + b.held,
    holds: a.holds + b.holds,
    entries: a.entries + b.entries,
    beside: a.beside + b.beside,
    simulated: a.simulated + b.simulated,
    apart: a.apart + b.apart,
    input: a.input + b.input,
    cached: a.cached + b.cached,
    output: a.output + b.output,
    reasoning: a.reasoning + b.reasoning,
  };
}

/** The part of a day's spending that counts in its ceiling. */
export function countedOf({ spent, apart }: Pick<DayTotal, "spent" | "apart">): bigint {
  return spent - apart;
}

/** Number of replies; auxiliary entries are not counted. */
export function repliesIn({ entries, beside }: Pick<DayTotal, "entries" | "beside">): number {
  return entries - beside;
}

/**
 * The sum of a scope, for update. A damaged sum that bounds nothing (of a model, a channel)
 * is null: it stays as it is and blocks no booking; `ledger:verify` reports it.
 * @throws {AppError} `unavailable` when the sum of a ceiling is damaged.
 */
export function sumOf(tx: Pick<Tx, "get">, scope: Scope, key: Key<DayTotal>): DayTotal | null {
  try {
    return tx.get(key) ?? EMPTY_DAY;
  } catch (error) {
    if (isBound(scope)) throw error;
    return null;
  }
}

/** The month (YYYY-MM) of a day. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** Whether a scope has ceilings. */
export function isBound(scope: string): scope is BoundScope {
  return scope === "tool" || scope === "organisation";
}

/** All scopes in which an entry, or the turn that will make one, counts. */
export function scopesOf(
  entry: Pick<LedgerEntry, "tool" | "model" | "channel" | "variant">,
): [Scope, string][] {
  const scopes: [Scope, string][] = [
    ["tool", entry.tool],
    ["organisation", ALL],
    ["model", entry.model],
    ["channel", entry.channel],
  ];
  if (entry.variant !== null) scopes.push(["variant", entry.variant]);
  return scopes;
}
