import type { AppError } from "../platform/errors.ts";
import type { Key } from "./key.ts";

/** Deno KV takes at most 1,000 mutations in one atomic operation; a group stays well below. */
const MAX_MUTATIONS = 800;

/** What a unit of work may do: read the keys it named, and write any. */
export interface Tx {
  get<T>(key: Key<T>): T | null;
  set<T>(key: Key<T>, value: T): void;
  delete(key: Key<unknown>): void;
}

/**
 * Who waits for it: somebody who would give up, so that it goes before the rest; somebody; or
 * nobody who notices some hundredths of a second, so that it is gathered and keeps no other waiting.
 */
export type Haste = "urgent" | "usual" | "patient";

/** Work that waits to be committed. */
export interface Work {
  reads: readonly Key<unknown>[];
  run: (tx: Tx) => unknown;
  /** Bytes that it writes, roughly, at most. */
  weight: number;
  haste: Haste;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  since: number;
  /** It refused on data that was remembered, not read: run once more on fresh data. */
  verified: boolean;
  /** Its caller has been answered: it is not to run again. */
  over: boolean;
}

/** What a run of it came to. */
export type Outcome = { work: Work; value: unknown } | { work: Work; error: unknown };

/** What it wrote. */
export interface Write {
  key: Key<unknown>;
  /** undefined deletes. */
  value: unknown;
}

export function readsOf(works: Iterable<Work>): Key<unknown>[] {
  return [...works].flatMap((work) => work.reads);
}

/** Tells who asked for it. */
export function settle(outcome: Outcome): void {
  if ("error" in outcome) outcome.work.reject(outcome.error);
  else outcome.work.resolve(outcome.value);
}

/** What stands under a key, as work reads it; damage is for who needs the record. */
interface Known {
  get(key: Key<unknown>): { value: unknown; damage?: AppError } | undefined;
}

/** Runs one work after the other, each on what those before it wrote. */
export function runAll(group: Iterable<Work>, known: Known) {
  const writes = new Map<string, Write>();
  const used = new Map<string, Key<unknown>>();
  const outcomes: Outcome[] = [];
  for (const work of group) {
    const own = new Map<string, Write>();
    try {
      const value = work.run(txOf(work, known, writes, own));
      for (const key of work.reads) used.set(key.id, key);
      for (const [id, write] of own) writes.set(id, write);
      outcomes.push({ work, value });
    } catch (error) {
      outcomes.push({ work, error });
    }
    if (writes.size > MAX_MUTATIONS) break;
  }
  return { outcomes, writes, used };
}

function txOf(work: Work, known: Known, writes: Map<string, Write>, own: Map<string, Write>): Tx {
  return {
    get: <T>(key: Key<T>): T | null => {
      const id = key.id;
      if (!work.reads.some((read) => read.id === id)) {
        throw new Error(`Work reads a key that it did not name: ${key.family}`);
      }
      const written = own.get(id) ?? writes.get(id);
      if (written) return (written.value ?? null) as T | null;
      const entry = known.get(key);
      if (entry?.damage) throw entry.damage;
      // What is known under a key's id was read or written through that key's schema.
      return (entry?.value ?? null) as T | null;
    },
    set: (key, value) => void own.set(key.id, { key, value }),
    delete: (key) => void own.set(key.id, { key, value: undefined }),
  };
}
