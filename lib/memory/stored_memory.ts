import type { Key } from "../store/key.ts";
import { keyAfter, type Kv } from "../store/kv.ts";
import type { Transactions, Tx } from "../store/transactions.ts";
import { forgotten, hasNote, withForgotten } from "./rules/notes.ts";
import { type Memory, type MemoryChoice, memoryKeys, type MemoryMark } from "./records.ts";

/** Bytes of one tool's memory of a person, at most. */
export const MEMORY_WEIGHT = 60_000;

export interface MemoryStore {
  kv: Kv;
  transactions: Transactions;
}

/** A marked conversation. */
export interface Marked extends MemoryMark {
  conversation: string;
}

/** What tools remember of people, as it is stored. */
export class StoredMemory {
  constructor(private readonly store: MemoryStore) {}

  /** What each tool remembers of a visitor. */
  async of(visitor: string): Promise<{ tool: string; memory: Memory }[]> {
    const rows = await this.store.kv.list(
      { prefix: ["memory", visitor] },
      (path) => memoryKeys.memory(visitor, String(path[2])),
    );
    return rows.map(({ path, value }) => ({ tool: String(path[2]), memory: value }));
  }

  async by(visitor: string, tool: string): Promise<Memory | null> {
    return (await this.store.kv.get(memoryKeys.memory(visitor, tool))).value;
  }

  async choice(visitor: string): Promise<MemoryChoice | null> {
    return (await this.store.kv.get(memoryKeys.choice(visitor))).value;
  }

  /** Changes what a tool remembers; no effect where it remembers nothing. */
  change(
    visitor: string,
    tool: string,
    change: (memory: Memory) => Memory,
  ): Promise<void> {
    const key = memoryKeys.memory(visitor, tool);
    return this.store.transactions.run([key], (tx) => {
      const memory = tx.get(key);
      if (memory !== null) tx.set(key, change(memory));
    }, MEMORY_WEIGHT);
  }

  /**
   * Deletes a note, or with a null conversation all that a tool remembers until a time; nothing of
   * it is noted again. No effect without that note, unless it is `yetToCome`.
   * @param also writes in the same commit
   */
  forget(
    { visitor, tool, conversation }: { visitor: string; tool: string; conversation: string | null },
    { at, yetToCome = false, also = () => {} }: {
      at: number;
      yetToCome?: boolean;
      also?: (tx: Tx) => void;
    },
  ): Promise<boolean> {
    const key = memoryKeys.memory(visitor, tool);
    return this.store.transactions.run([key], (tx) => {
      const memory = tx.get(key);
      if (conversation === null) tx.set(key, forgotten(memory, at));
      else if (yetToCome || hasNote(memory, conversation)) {
        tx.set(key, withForgotten(memory, conversation, at));
      } else return false;
      also(tx);
      return true;
    }, MEMORY_WEIGHT);
  }

  /** Changes a choice; `also` writes in the same commit. */
  choose(
    visitor: string,
    change: (choice: MemoryChoice | null) => MemoryChoice,
    also: (tx: Tx) => void = () => {},
  ): Promise<void> {
    const key = memoryKeys.choice(visitor);
    return this.store.transactions.run([key], (tx) => {
      tx.set(key, change(tx.get(key)));
      also(tx);
    });
  }

  /** Marked conversations after a key, oldest first. */
  async marks(
    after: Deno.KvKey | null,
    limit: number,
  ): Promise<{ marks: Marked[]; last: Deno.KvKey | null }> {
    const prefix: Deno.KvKey = ["memory_mark"];
    const rows = await this.store.kv.list(
      after === null ? { prefix } : { prefix, start: keyAfter(after) },
      (path) => memoryKeys.mark(String(path[1])),
      { limit },
    );
    return {
      marks: rows.map(({ path, value }) => ({ conversation: String(path[1]), ...value })),
      last: rows.length < limit ? null : rows.at(-1)?.path ?? null,
    };
  }

  /** Changes a mark, or deletes it with null, unless it was set anew since it was read. */
  changeMark(
    { conversation, at }: Pick<Marked, "conversation" | "at">,
    change: (mark: MemoryMark, tx: Tx) => MemoryMark | null,
    reads: readonly Key<unknown>[] = [],
  ): Promise<void> {
    const key = memoryKeys.mark(conversation);
    return this.store.transactions.run([key, ...reads], (tx) => {
      const mark = tx.get(key);
      if (mark === null || mark.at !== at) return;
      const after = change(mark, tx);
      if (after === null) tx.delete(key);
      else tx.set(key, after);
    }, reads.length > 0 ? MEMORY_WEIGHT : 1_000);
  }

  /** Deletes what tools remember of a visitor; the marks go with the conversations. */
  async delete(visitor: string, choice: "with choice" | "choice kept"): Promise<void> {
    const gone: Key<unknown>[] = (await this.of(visitor)).map(({ tool }) =>
      memoryKeys.memory(visitor, tool)
    );
    if (choice === "with choice") gone.push(memoryKeys.choice(visitor));
    await this.store.transactions.run([], (tx) => gone.forEach((key) => tx.delete(key)));
  }
}
