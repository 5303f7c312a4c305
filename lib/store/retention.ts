import { keys } from "./keys.ts";
import type { Kv } from "./kv.ts";
import type { Transactions } from "./transactions.ts";

/** A conversation as the caretaker looks at it. */
export interface KeptConversation {
  visitor: string;
  tool: string;
  conversation: string;
  /** When somebody last went on with it. */
  usedAt: number;
  running: boolean;
}

/** Where a walk through all conversations has come to: first the current ones, then those put aside. */
export interface RetentionPlace {
  family: "head" | "archive";
  after: Deno.KvKey | null;
}

/** All conversations in pieces, and which process walks through them. */
export class Retention {
  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  /** The next conversations of a walk, and where it goes on; null at its end. */
  async piece(
    { family, after }: RetentionPlace,
    limit: number,
  ): Promise<{ found: KeptConversation[]; next: RetentionPlace | null }> {
    const selector = { prefix: [family], ...after === null ? {} : { start: [...after, 0] } };
    const rows = family === "head"
      ? (await this.kv.list(
        selector,
        (path) => keys.head(String(path[1]), String(path[2])),
        { limit },
      )).map(({ path, value }) => ({ path, head: value }))
      : (await this.kv.list(
        selector,
        (path) => keys.archive(String(path[1]), String(path[2]), String(path[3])),
        { limit },
      )).map(({ path, value }) => ({ path, head: value.head }));
    const found = rows.map(({ path, head }) => ({
      visitor: String(path[1]),
      tool: String(path[2]),
      conversation: head.conversation,
      usedAt: head.updatedAt,
      running: family === "head" && head.running !== null,
    }));
    const last = rows.at(-1);
    if (last) return { found, next: { family, after: last.path } };
    return { found, next: family === "head" ? { family: "archive", after: null } : null };
  }

  /**
   * Takes the walk for some time; false while another process has it, or when
   * all were looked at for this number of days since `since`.
   */
  claim(process: string, days: number, now: number, until: number, since: number) {
    const key = keys.retention();
    return this.transactions.run([key], (tx) => {
      const state = tx.get(key);
      if (state && state.days === days && state.finishedAt > since) return false;
      if (state && state.process !== process && state.claimedUntil > now) return false;
      tx.set(key, {
        process,
        claimedUntil: until,
        days: state?.days ?? 0,
        finishedAt: state?.finishedAt ?? 0,
      });
      return true;
    });
  }

  /** Notes that all were looked at. */
  async finished(process: string, days: number, at: number): Promise<void> {
    const key = keys.retention();
    await this.transactions.run([key], (tx) => {
      tx.set(key, { process, claimedUntil: 0, days, finishedAt: at });
    });
  }
}
