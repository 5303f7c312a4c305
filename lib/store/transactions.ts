import { setImmediate } from "node:timers";
import { AmbiguousWrite, type Entry, type Kv } from "./kv.ts";
import { type Key, keys } from "./keys.ts";
import { Remembered } from "./remembered.ts";
import { WorkQueue } from "./work_queue.ts";
import {
  type Haste,
  type Outcome,
  readsOf,
  settle,
  type Tx,
  unavailable,
  type Work,
  type Write,
} from "./transaction_work.ts";

export type { Tx } from "./transaction_work.ts";

/** Deno KV takes at most 1,000 mutations in one atomic operation; a group stays well below. */
const MAX_MUTATIONS = 800;
const GIVE_UP_MS = 15_000;

/**
 * Serialisable transactions, committed in groups: what is asked for while one
 * commit runs goes into the next, so a hundred turns cost one fsync. Each unit
 * of work names the keys it reads; they are remembered with their versions, so
 * a busy process reads almost nothing, and every commit checks them, so other
 * processes on the same store are never overwritten. Work may run several times
 * and must depend on nothing but what it reads.
 *
 * Whether a commit happened is never guessed: each one writes an id of its own,
 * which is read back when the answer was lost.
 */
export class Transactions {
  private readonly queue = new WorkQueue();
  private pumping = false;
  private readonly cache: Remembered;
  private readonly commitKey: Key<string>;
  private commits = 0;
  private idle: (() => void)[] = [];
  private readonly counted = { groups: 0, works: 0, conflicts: 0 };

  /** @param retentionMs how long conversations are kept that are written now */
  constructor(
    private readonly kv: Kv,
    private readonly process: string,
    private readonly retentionMs: () => number,
  ) {
    this.commitKey = keys.commit(process);
    this.cache = new Remembered(kv);
  }

  /**
   * Runs `work` and resolves with its result once what it wrote is durable.
   * What `work` throws rejects, and leaves nothing behind.
   * @throws {AppError} `unavailable` when the store cannot be reached for too long.
   */
  run<T>(
    reads: readonly Key<unknown>[],
    work: (tx: Tx) => T,
    weight = 2_000,
    haste: Haste = "usual",
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      this.queue.add({
        reads,
        run: work,
        weight,
        haste,
        resolve: resolve as (value: unknown) => void,
        reject,
        since: performance.now(),
        verified: false,
      });
      if (!this.pumping) {
        this.pumping = true;
        queueMicrotask(() => void this.pump());
      }
    });
  }

  /** For measurements. */
  get counts(): { groups: number; works: number; conflicts: number; reads: number } {
    return { ...this.counted, reads: this.cache.reads };
  }

  /** What this process remembers of a key, if anything. It may be out of date. */
  remembered<T>(key: Key<T>): { value: T | null } | undefined {
    const entry = this.cache.get(key);
    // The cache holds under a key's id only what was read or written through that key's schema.
    return entry as Entry<T> | undefined;
  }

  /** Reads what is not remembered of these keys, in one batch. */
  prime(wanted: readonly Key<unknown>[]): Promise<void> {
    return this.cache.prime(wanted);
  }

  /** What stands under a key, as this process remembers it or as it is read now. */
  async look<T>(key: Key<T>): Promise<T | null> {
    await this.prime([key]);
    const known = this.remembered(key);
    return known === undefined ? (await this.kv.get(key)).value : known.value;
  }

  /** Reads everything anew from now on. */
  forget(): void {
    this.cache.forget();
  }

  /**
   * Says that nothing stands under a key, where that follows from the key itself
   * (a name that was just made up): saves a read, and the commit checks it.
   */
  assumeAbsent(key: Key<unknown>): void {
    if (!this.cache.get(key)) this.cache.set(key, { value: null, versionstamp: null });
  }

  /** Resolves when nothing is waiting. */
  settled(): Promise<void> {
    return this.pumping ? new Promise((done) => this.idle.push(done)) : Promise.resolve();
  }

  private async pump(): Promise<void> {
    // Whatever else this turn of the event loop asks for joins the group.
    await new Promise((next) => setImmediate(next));
    while (this.queue.length > 0) {
      const group = await this.queue.take();
      try {
        await this.commitGroup(group);
      } catch (error) {
        for (const work of group) work.reject(unavailable(error));
      }
    }
    this.pumping = false;
    for (const done of this.idle.splice(0)) done();
  }

  private async commitGroup(group: Work[]): Promise<void> {
    const pending = new Set(group);
    const attempts = new Map<string, Outcome[]>();
    for (let attempt = 0; pending.size > 0; attempt++) {
      await this.cache.load(readsOf(pending));
      const { outcomes, writes, used } = this.runAll(pending);
      const committing = this.settleUnwritten(outcomes, pending, writes.size > 0);
      if (writes.size === 0) continue;
      const id = `${this.process}.${++this.commits}`;
      attempts.set(id, committing);
      const done = await this.tryCommit(id, writes, used, attempts);
      if (done) {
        for (const outcome of done) settle(outcome, pending);
        continue;
      }
      this.counted.conflicts++;
      const oldest = Math.min(...[...pending].map((work) => work.since));
      if (performance.now() - oldest > GIVE_UP_MS) throw new Error("Too much contention");
      await new Promise((next) => setTimeout(next, Math.random() * Math.min(30, 2 + attempt * 2)));
    }
  }

  /**
   * Commits what a run wrote. Returns what came true (this run, or an earlier
   * one whose answer was lost), or null when nothing did and all must run again.
   */
  private async tryCommit(
    id: string,
    writes: Map<string, Write>,
    used: Map<string, Key<unknown>>,
    attempts: Map<string, Outcome[]>,
  ): Promise<Outcome[] | null> {
    const operation = this.kv.atomic();
    for (const key of used.values()) {
      const { path } = key;
      operation.check({ key: path, versionstamp: this.cache.get(key)?.versionstamp ?? null });
    }
    for (const { key, value } of writes.values()) {
      if (value === undefined) operation.delete(key.path);
      else operation.set(key.path, value, { expireIn: this.lifetimeOf(key) });
    }
    operation.set(this.commitKey.path, id, { expireIn: this.lifetimeOf(this.commitKey) });
    this.counted.groups++;
    let versionstamp: string | null = null;
    try {
      versionstamp = await this.kv.commit(operation);
    } catch (error) {
      if (!(error instanceof AmbiguousWrite)) throw error;
    }
    if (versionstamp === null) {
      const last = await this.kv.get(this.commitKey);
      const outcomes = last.value === null ? undefined : attempts.get(last.value);
      await this.cache.refresh(used);
      return outcomes ?? null;
    }
    for (const [id, { key, value }] of writes) {
      if (value === undefined) this.cache.delete(key);
      else if (key.readSoon || used.has(id)) this.cache.set(key, { value, versionstamp });
    }
    return attempts.get(id) ?? null;
  }

  /**
   * Work that refused, or only looked, decided on what is remembered: it is
   * answered only once it has looked at fresh data. Returns what is to commit.
   */
  private settleUnwritten(outcomes: Outcome[], pending: Set<Work>, groupWrites: boolean) {
    const committing: Outcome[] = [];
    for (const outcome of outcomes) {
      const { work } = outcome;
      if (!("error" in outcome) && groupWrites) committing.push(outcome);
      else if (work.verified) settle(outcome, pending);
      else {
        work.verified = true;
        this.cache.doubt(work.reads);
      }
    }
    return committing;
  }

  private lifetimeOf({ lifetime }: Key<unknown>): number | undefined {
    return lifetime === "retention" ? this.retentionMs() : lifetime;
  }

  private runAll(group: Iterable<Work>) {
    const writes = new Map<string, Write>();
    const used = new Map<string, Key<unknown>>();
    const outcomes: Outcome[] = [];
    for (const work of group) {
      const own = new Map<string, Write>();
      const tx = this.open(work, writes, own);
      try {
        const value = work.run(tx);
        for (const key of work.reads) used.set(key.id, key);
        for (const [id, write] of own) writes.set(id, write);
        outcomes.push({ work, value });
      } catch (error) {
        outcomes.push({ work, error });
      }
      if (writes.size > MAX_MUTATIONS) break;
    }
    this.counted.works += outcomes.length;
    return { outcomes, writes, used };
  }

  private open(work: Work, writes: Map<string, Write>, own: Map<string, Write>): Tx {
    return {
      get: <T>(key: Key<T>): T | null => {
        const id = key.id;
        if (!work.reads.some((read) => read.id === id)) {
          throw new Error(`Work reads a key that it did not name: ${key.family}`);
        }
        const written = own.get(id) ?? writes.get(id);
        const value = written ? written.value ?? null : this.cache.get(key)?.value ?? null;
        return value as T | null; // see remembered()
      },
      set: (key, value) => void own.set(key.id, { key, value }),
      delete: (key) => void own.set(key.id, { key, value: undefined }),
    };
  }
}
