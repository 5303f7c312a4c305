import type { Entry } from "./kv.ts";
import type { Key } from "./key.ts";
import type { Snapshot } from "./record_cache.ts";

/** Deno KV takes at most 1,000 mutations in one atomic operation; a group stays below. */
const MAX_MUTATIONS = 800;

/** Access of a unit of work: reads the keys it named, writes any. */
export interface Tx {
  get<T>(key: Key<T>): T | null;
  set<T>(key: Key<T>, value: T): void;
  delete(key: Key<unknown>): void;
}

/** Commit priority: `background` work waits some ms to share a commit with more of its kind. */
export type Priority = "normal" | "background";

export interface Unit {
  readonly reads: readonly Key<unknown>[];
  readonly run: (tx: Tx) => unknown;
  /** Upper estimate of the bytes it writes. */
  readonly weight: number;
  readonly priority: Priority;
  /** Time of the request, in ms of `performance.now()`. */
  readonly since: number;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** It decided on cached records and runs again: its reads come from the store. */
  fresh: boolean;
  /** Its caller has an answer: it does not run again. */
  answered: boolean;
}

export type WorkOutcome = { unit: Unit; value: unknown } | { unit: Unit; error: unknown };

export interface StagedWrite {
  key: Key<unknown>;
  /** undefined deletes. */
  value: unknown;
}

/** One run of a group: its outcomes, its writes, and the records it is built on. */
export interface GroupRun {
  outcomes: WorkOutcome[];
  writes: Map<string, StagedWrite>;
  used: Map<string, Key<unknown>>;
  snapshot: Snapshot;
}

export function answer(outcome: WorkOutcome): void {
  if ("error" in outcome) outcome.unit.reject(outcome.error);
  else outcome.unit.resolve(outcome.value);
}

/** Runs units one after the other, each on the writes of those before it. */
export function runGroup(units: Iterable<Unit>, snapshot: Snapshot): GroupRun {
  const writes = new Map<string, StagedWrite>();
  const used = new Map<string, Key<unknown>>();
  const outcomes: WorkOutcome[] = [];
  for (const unit of units) {
    const own = new Map<string, StagedWrite>();
    try {
      const value = unit.run(txOf(unit, snapshot.entries, writes, own));
      for (const key of unit.reads) used.set(key.id, key);
      for (const [id, write] of own) writes.set(id, write);
      outcomes.push({ unit, value });
    } catch (error) {
      outcomes.push({ unit, error });
    }
    if (writes.size > MAX_MUTATIONS) break;
  }
  return { outcomes, writes, used, snapshot };
}

function txOf(
  unit: Unit,
  entries: ReadonlyMap<string, Entry<unknown>>,
  writes: ReadonlyMap<string, StagedWrite>,
  own: Map<string, StagedWrite>,
): Tx {
  return {
    get: <T>(key: Key<T>): T | null => {
      const id = key.id;
      if (!unit.reads.some((read) => read.id === id)) {
        throw new Error(`Work reads a key that it did not name: ${key.family}`);
      }
      const written = own.get(id) ?? writes.get(id);
      if (written) return (written.value ?? null) as T | null;
      const entry = entries.get(id);
      if (entry?.damage) throw entry.damage;
      // An entry under a key's id was read or written through that key's schema.
      return (entry?.value ?? null) as T | null;
    },
    set: (key, value) => void own.set(key.id, { key, value }),
    delete: (key) => void own.set(key.id, { key, value: undefined }),
  };
}
