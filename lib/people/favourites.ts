import type { Kv } from "../store/kv.ts";
import type { Transactions } from "../store/transactions.ts";
import { peopleKeys } from "./records.ts";
import type { VisitorDeletion, VisitorRecords } from "./visitors.ts";

interface Needs {
  store: { kv: Kv; transactions: Transactions };
}

/** Most favourites of a visitor; another one takes the place of the oldest. */
const MOST = 50;

/** Tools that a visitor marked with a star. */
export class Favourites implements VisitorRecords {
  constructor(private readonly deps: Needs) {}

  /** Ids of the tools, the latest first. */
  async of(visitor: string): Promise<readonly string[]> {
    return (await this.deps.store.kv.get(peopleKeys.favourites(visitor))).value ?? [];
  }

  /** Adds or takes away a tool; nothing changes where it is so already. */
  async set(visitor: string, tool: string, on: boolean): Promise<void> {
    const key = peopleKeys.favourites(visitor);
    await this.deps.store.transactions.run([key], (tx) => {
      const before = tx.get(key) ?? [];
      if (before.includes(tool) === on) return;
      const others = before.filter((each) => each !== tool);
      const after = on ? [tool, ...others].slice(0, MOST) : others;
      if (after.length > 0) tx.set(key, after);
      else tx.delete(key);
    });
  }

  async deleteVisitor(visitor: string): Promise<VisitorDeletion> {
    await this.deps.store.transactions.run(
      [],
      (tx) => tx.delete(peopleKeys.favourites(visitor)),
    );
    return { erased: 0, done: true };
  }
}
