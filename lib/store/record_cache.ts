import { IdleMap } from "../platform/idle_map.ts";
import type { Generation } from "./generations.ts";
import type { Key } from "./key.ts";
import type { Entry, Kv } from "./kv.ts";

const MOST_ENTRIES = 12_000;
/** How long a key changed by another process is read before each use, in ms. */
const CONTENDED_MS = 5_000;

/** Entries of one generation, by the ids of their keys. */
export interface Snapshot {
  readonly generation: Generation;
  readonly entries: ReadonlyMap<string, Entry<unknown>>;
}

/**
 * Records with their versions, as this process last read or wrote them. They may be stale: each
 * commit checks the versions that it builds on.
 */
export class RecordCache {
  /** Number of keys read, for measurements. */
  reads = 0;
  private readonly entries = new IdleMap<string, Entry<unknown>>(MOST_ENTRIES);
  /** Versions that a failed commit was built on, until the keys are read again. */
  private readonly conflicted = new Map<string, string | null>();
  /** Until when each key is read before each use. */
  private readonly contended = new Map<string, number>();

  constructor(private readonly kv: Kv) {
    kv.onSwitch(() => this.clear());
    // Also what other processes have deleted.
    kv.onAge(() => this.entries.age());
  }

  get(key: Key<unknown>): Entry<unknown> | undefined {
    return this.entries.get(key.id);
  }

  /** Replaces a cached entry with the version just written. */
  update(key: Key<unknown>, entry: Entry<unknown>): void {
    if (entry.value === null) this.entries.delete(key.id);
    else if (this.entries.has(key.id)) this.entries.set(key.id, entry);
  }

  clear(): void {
    this.entries.clear();
  }

  /** Reads keys that are not cached, in one batch, for later use. */
  async prefetch(keys: readonly Key<unknown>[]): Promise<void> {
    const missing = keys.filter(({ id }) => !this.entries.has(id));
    if (missing.length === 0) return;
    const { generation } = this.kv;
    const entries = await this.fetch(missing);
    if (this.kv.generation !== generation) return;
    for (const [id, entry] of entries) if (!this.entries.has(id)) this.entries.set(id, entry);
  }

  /**
   * Returns entries; reads those that are not cached or that other processes keep changing.
   * @param fresh ids of keys to read in any case
   */
  async load(keys: readonly Key<unknown>[], fresh: ReadonlySet<string>): Promise<Snapshot> {
    const { generation } = this.kv;
    const entries = new Map<string, Entry<unknown>>();
    const missing = new Map<string, Key<unknown>>();
    for (const key of keys) {
      const entry = fresh.has(key.id) || this.isContended(key.id) ? undefined : this.get(key);
      if (entry) entries.set(key.id, entry);
      else missing.set(key.id, key);
    }
    if (missing.size === 0) return { generation, entries };
    const fetched = await this.fetch([...missing.values()]);
    if (this.kv.generation !== generation) return await this.load(keys, fresh);
    for (const [id, entry] of fetched) {
      this.noteChange(id, entry);
      this.entries.set(id, entry);
      entries.set(id, entry);
    }
    return { generation, entries };
  }

  /** Drops entries of a commit whose check failed; the next load shows which ones had changed. */
  noteConflict(used: Iterable<string>, { entries }: Snapshot): void {
    const now = performance.now();
    for (const [id, until] of this.contended) if (until < now) this.contended.delete(id);
    this.conflicted.clear();
    for (const id of used) {
      this.conflicted.set(id, entries.get(id)?.versionstamp ?? null);
      this.entries.delete(id);
    }
  }

  private noteChange(id: string, { versionstamp }: Entry<unknown>): void {
    const before = this.conflicted.get(id);
    if (before === undefined) return;
    this.conflicted.delete(id);
    if (before !== versionstamp) this.contended.set(id, performance.now() + CONTENDED_MS);
  }

  private isContended(id: string): boolean {
    return (this.contended.get(id) ?? 0) >= performance.now();
  }

  private async fetch(keys: readonly Key<unknown>[]): Promise<[id: string, Entry<unknown>][]> {
    const entries = await this.kv.getEach(keys);
    this.reads += keys.length;
    return entries.flatMap((entry, i) => {
      const key = keys[i];
      return key ? [[key.id, entry]] : [];
    });
  }
}
