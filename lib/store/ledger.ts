import type { Kv } from "./kv.ts";
import { type DayTotal, keys, type LedgerEntry, type Scope } from "./keys.ts";

export const EMPTY_DAY: DayTotal = {
  spent: 0n,
  held: 0n,
  holds: 0,
  entries: 0,
  simulated: 0n,
  input: 0,
  cached: 0,
  output: 0,
  reasoning: 0,
};

/** What was spent: entries for ever, and the sums of each day, read at a cost that does not grow. */
export class Ledger {
  constructor(private readonly kv: Kv) {}

  /** The sums of several days of one scope, in the order asked for. */
  async days(scope: Scope, name: string, days: readonly string[]): Promise<DayTotal[]> {
    const entries = await this.kv.getMany(days.map((day) => keys.day(day, scope, name)));
    return entries.map((entry) => entry.value ?? EMPTY_DAY);
  }

  /** All entries of a day, in pieces. */
  async *entries(day: string): AsyncGenerator<LedgerEntry[]> {
    let start: Deno.KvKey | undefined;
    for (;;) {
      const selector = start === undefined
        ? { prefix: ["ledger", day] }
        : { prefix: ["ledger", day], start };
      const rows = await this.kv.list(
        selector,
        (path) => keys.ledger(String(path[1]), String(path[2])),
        { limit: 500 },
      );
      yield rows.map((row) => row.value);
      const last = rows[rows.length - 1];
      if (rows.length < 500 || !last) return;
      start = [...last.path, 0];
    }
  }
}

/** The sums after one more entry. */
export function addEntry(total: DayTotal, entry: LedgerEntry): DayTotal {
  return {
    ...total,
    spent: total.spent + entry.usd,
    entries: total.entries + 1,
    simulated: total.simulated + (entry.simulated ? entry.usd : 0n),
    input: total.input + entry.input,
    cached: total.cached + entry.cached,
    output: total.output + entry.output,
    reasoning: total.reasoning + entry.reasoning,
  };
}
