import type { Key } from "./keys.ts";
import type { Entry, Kv } from "./kv.ts";

const CACHE_ENTRIES = 8_000;
/** How long a key that another process changed under us is read afresh before each use. */
const CONTENDED_MS = 5_000;

/**
 * What a process remembers of the store, with versions: true when it was
 * written or read, checked by the commit that builds on it.
 */
export class Remembered {
  /** Keys that were read, for measurements. */
  reads = 0;
  private readonly entries = new Map<string, Entry<unknown>>();
  private readonly contended = new Map<string, number>();
  private readonly stale = new Set<string>();
  /** Reads under way outside of any commit: what a write overtook is thrown away. */
  private readonly looking = new Map<string, Promise<void>>();

  constructor(private readonly kv: Kv) {}

  get(id: string): Entry<unknown> | undefined {
    return this.entries.get(id);
  }

  set(id: string, entry: Entry<unknown>): void {
    this.stale.delete(id);
    this.looking.delete(id);
    this.entries.delete(id);
    this.entries.set(id, entry);
    if (this.entries.size > CACHE_ENTRIES) {
      const oldest = this.entries.keys().next();
      if (!oldest.done) this.entries.delete(oldest.value);
    }
  }

  delete(id: string): void {
    this.entries.delete(id);
    this.looking.delete(id);
  }

  /** Has these keys read anew before their next use. */
  doubt(keys: Iterable<Key<unknown>>): void {
    for (const key of keys) this.stale.add(key.id);
  }

  forget(): void {
    this.entries.clear();
    this.looking.clear();
  }

  /** Reads what is not remembered, in one batch, for somebody who will need it. */
  async prime(keys: readonly Key<unknown>[]): Promise<void> {
    const under: Promise<void>[] = [];
    const missing = keys.filter(({ id }) => {
      const looked = this.looking.get(id);
      if (looked) under.push(looked);
      return !looked && !this.entries.has(id);
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
      if (!this.entries.has(id) || this.stale.has(id) || (until ?? 0) >= now) missing.set(id, key);
    }
    await this.read(missing);
  }

  /** Reads everything anew after a conflict and notes which keys others change. */
  async refresh(used: Map<string, Key<unknown>>): Promise<void> {
    const before = new Map([...used].map(([id]) => [id, this.entries.get(id)?.versionstamp]));
    await this.read(used);
    for (const [id] of used) {
      if (this.entries.get(id)?.versionstamp !== before.get(id)) {
        this.contended.set(id, performance.now() + CONTENDED_MS);
      }
    }
  }

  private look(missing: readonly Key<unknown>[]): Promise<void> {
    const looked = this.kv.getMany(missing).then((entries) => {
      this.reads += missing.length;
      missing.forEach(({ id }, i) => {
        const entry = entries[i];
        if (entry && this.looking.get(id) === looked) this.set(id, entry);
      });
    }).finally(() => {
      for (const { id } of missing) if (this.looking.get(id) === looked) this.looking.delete(id);
    });
    for (const { id } of missing) this.looking.set(id, looked);
    return looked;
  }

  private async read(wanted: Map<string, Key<unknown>>): Promise<void> {
    if (wanted.size === 0) return;
    const entries = await this.kv.getMany([...wanted.values()]);
    this.reads += wanted.size;
    let i = 0;
    for (const id of wanted.keys()) {
      const entry = entries[i++];
      if (entry) this.set(id, entry);
    }
  }
}
