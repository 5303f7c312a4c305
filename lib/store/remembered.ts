import { BoundedMap } from "../shared/bounded_map.ts";
import type { Key } from "./key.ts";
import type { Entry, Kv } from "./kv.ts";

/** How many entries are remembered: of a kilobyte or so, and of a few words. */
const HEAVY = 6_000;
const LIGHT = 12_000;
/** How long a key that another process changed under us is read afresh before each use. */
const CONTENDED_MS = 5_000;

/**
 * What a process remembers of the store, with versions: true when it was
 * written or read, checked by the commit that builds on it.
 */
export class Remembered {
  /** Keys that were read, for measurements. */
  reads = 0;
  private readonly heavy = new BoundedMap<string, Entry<unknown>>(HEAVY);
  private readonly light = new BoundedMap<string, Entry<unknown>>(LIGHT);
  private readonly contended = new Map<string, number>();
  private readonly stale = new Set<string>();
  /** Reads under way outside of any commit: what a write overtook is thrown away. */
  private readonly looking = new Map<string, Promise<void>>();

  constructor(private readonly kv: Kv) {
    kv.onSwitch(() => this.forget());
  }

  get(key: Key<unknown>): Entry<unknown> | undefined {
    return this.entriesLike(key).get(key.id);
  }

  set(key: Key<unknown>, entry: Entry<unknown>): void {
    this.stale.delete(key.id);
    this.looking.delete(key.id);
    this.entriesLike(key).set(key.id, entry);
  }

  delete(key: Key<unknown>): void {
    this.entriesLike(key).delete(key.id);
    this.looking.delete(key.id);
  }

  /** Has these keys read anew before their next use; what is being read of them is in doubt as well. */
  doubt(keys: Iterable<Key<unknown>>): void {
    for (const { id } of keys) {
      this.stale.add(id);
      this.looking.delete(id);
    }
  }

  forget(): void {
    this.heavy.clear();
    this.light.clear();
    this.looking.clear();
  }

  /** Reads what is not remembered, in one batch, for somebody who will need it. */
  async prime(keys: readonly Key<unknown>[]): Promise<void> {
    const under: Promise<void>[] = [];
    const missing = keys.filter((key) => {
      const looked = this.looking.get(key.id);
      if (looked) under.push(looked);
      return !looked && !this.get(key);
    });
    if (missing.length > 0) under.push(this.look(missing));
    await Promise.all(under);
  }

  /** Reads what is not remembered, what is in doubt, and what others are known to change. */
  async load(keys: readonly Key<unknown>[]): Promise<void> {
    const under = keys.flatMap(({ id }) => this.looking.get(id) ?? []);
    // A read that failed is done again here, and fails for who needs it.
    if (under.length > 0) await Promise.allSettled(under);
    const missing = new Map<string, Key<unknown>>();
    const now = performance.now();
    for (const key of keys) {
      const { id } = key;
      const until = this.contended.get(id);
      if (until !== undefined && until < now) this.contended.delete(id);
      if (!this.get(key) || this.stale.has(id) || (until ?? 0) >= now) missing.set(id, key);
    }
    await this.read(missing);
  }

  /** Reads everything anew after a conflict and notes which keys others change. */
  async refresh(used: Map<string, Key<unknown>>): Promise<void> {
    const before = new Map([...used].map(([id, key]) => [id, this.get(key)?.versionstamp]));
    await this.read(used);
    for (const [id, key] of used) {
      if (this.get(key)?.versionstamp !== before.get(id)) {
        this.contended.set(id, performance.now() + CONTENDED_MS);
      }
    }
  }

  private entriesLike({ light }: Key<unknown>): BoundedMap<string, Entry<unknown>> {
    return light ? this.light : this.heavy;
  }

  private look(missing: readonly Key<unknown>[]): Promise<void> {
    const looked = this.kv.getEach(missing).then((entries) => {
      this.reads += missing.length;
      missing.forEach((key, i) => {
        const entry = entries[i];
        if (entry && this.looking.get(key.id) === looked) this.set(key, entry);
      });
    }).finally(() => {
      for (const { id } of missing) if (this.looking.get(id) === looked) this.looking.delete(id);
    });
    for (const { id } of missing) this.looking.set(id, looked);
    return looked;
  }

  private async read(wanted: Map<string, Key<unknown>>): Promise<void> {
    if (wanted.size === 0) return;
    const { generation } = this.kv;
    const entries = await this.kv.getEach([...wanted.values()]);
    this.reads += wanted.size;
    if (this.kv.generation !== generation) return await this.read(wanted);
    let i = 0;
    for (const key of wanted.values()) {
      const entry = entries[i++];
      if (entry) this.set(key, entry);
    }
  }
}
