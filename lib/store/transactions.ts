import { setImmediate } from "node:timers";
import { AmbiguousWrite, DefiniteFault, faultOf, toldOf } from "./faults.ts";
import type { Entry, Kv } from "./kv.ts";
import type { Generation } from "./generations.ts";
import type { Key } from "./key.ts";
import { storeKeys } from "./records.ts";
import { OpenWork } from "./open_work.ts";
import { Remembered } from "./remembered.ts";
import { WorkQueue } from "./work_queue.ts";
import {
  type Haste,
  type Outcome,
  readsOf,
  runAll,
  settle,
  type Tx,
  type Work,
  type Write,
} from "./transaction_work.ts";

export type { Tx } from "./transaction_work.ts";

/** The longest that a unit of work may take from when it was asked for: a request has 15 s in all. */
const LIMIT_MS = 10_000;

/** What a run of a group wrote and was built on. */
interface Run {
  writes: Map<string, Write>;
  used: Map<string, Key<unknown>>;
  generation: Generation;
}

/** What was tried to commit, by the id that each commit wrote. */
type Attempts = Map<string, Outcome[]>;

/**
 * Serialisable transactions, committed in groups: what is asked for while one
 * commit runs goes into the next, so a hundred turns cost one fsync. Each unit
 * of work names the keys it reads; they are remembered with their versions, so
 * a busy process reads almost nothing, and every commit checks them, so other
 * processes on the same store are never overwritten. Work may run several times
 * and must depend on nothing but what it reads.
 *
 * Whether a commit happened is never guessed: each one writes an id of its own,
 * which is read back when the answer was lost. A definite error (see faults.ts)
 * takes the group apart, so that only the units at fault fail, and at once.
 */
export class Transactions {
  private readonly queue = new WorkQueue();
  private pumping = false;
  private readonly cache: Remembered;
  private readonly commitKey: Key<string>;
  private commits = 0;
  private idle: (() => void)[] = [];
  private readonly unanswered: OpenWork;
  private readonly counted = { groups: 0, works: 0, conflicts: 0 };

  constructor(private readonly kv: Kv, private readonly process: string, limitMs = LIMIT_MS) {
    this.unanswered = new OpenWork(limitMs, (work) => this.giveUp(work));
    this.commitKey = storeKeys.commit(process);
    this.cache = new Remembered(kv);
  }

  /**
   * Runs `work` and resolves with its result once what it wrote is durable.
   * What `work` throws rejects, and leaves nothing behind.
   * @throws {Unstorable} when what it writes can never be stored; nothing of it is.
   * @throws {AppError} `unavailable` when a record that it reads is damaged, the store takes no
   *   writes, or does not answer for too long; only in the last case it may have happened.
   */
  run<T>(
    reads: readonly Key<unknown>[],
    work: (tx: Tx) => T,
    weight = 2_000,
    haste: Haste = "usual",
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const answer = (how: () => void) => {
        asked.over = true;
        this.unanswered.delete(asked);
        how();
      };
      const asked: Work = {
        reads,
        run: work,
        weight,
        haste,
        resolve: (value) => answer(() => resolve(value as T)),
        reject: (error) => answer(() => reject(error)),
        since: performance.now(),
        verified: false,
        over: false,
      };
      this.unanswered.add(asked);
      this.queue.add(asked);
      if (!this.pumping) {
        this.pumping = true;
        this.unanswered.watch();
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
    if (entry?.damage) return undefined;
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
        await this.commitGroup(group, new Map());
      } catch (error) {
        for (const work of group) if (!work.over) work.reject(toldOf(error));
      }
    }
    this.pumping = false;
    this.unanswered.rest();
    for (const done of this.idle.splice(0)) done();
  }

  private giveUp(work: Work): void {
    const late = new Error("A commit took too long");
    this.kv.writes.tell("Gave up a unit of work", late);
    work.reject(toldOf(late));
  }

  private async commitGroup(group: readonly Work[], attempts: Attempts): Promise<void> {
    for (let attempt = 0;; attempt++) {
      const pending = group.filter((work) => !work.over);
      if (pending.length === 0) return;
      let trying = pending;
      let written = new Map<string, Write>();
      try {
        await this.cache.load(readsOf(pending));
        const { generation } = this.kv;
        const { outcomes, writes, used } = runAll(pending, this.cache);
        this.counted.works += outcomes.length;
        const committing = this.settleUnwritten(outcomes, writes.size > 0);
        if (writes.size === 0) continue;
        trying = committing.map(({ work }) => work);
        written = writes;
        const id = `${this.process}.${++this.commits}`;
        attempts.set(id, committing);
        const done = await this.tryCommit(id, { writes, used, generation }, attempts);
        if (done) {
          for (const outcome of done) settle(outcome);
          continue;
        }
      } catch (error) {
        if (!(error instanceof DefiniteFault)) throw error;
        await this.takeApart(trying, error, attempts, written);
        continue;
      }
      this.counted.conflicts++;
      await new Promise((next) => setTimeout(next, Math.random() * Math.min(30, 2 + attempt * 2)));
    }
  }

  /** Commits the halves of a group that cannot be written as a whole; a unit alone is at fault. */
  private async takeApart(
    works: readonly Work[],
    fault: DefiniteFault,
    attempts: Attempts,
    written: Map<string, Write>,
  ): Promise<void> {
    const [first] = works;
    if (works.length > 1) {
      const half = works.length >> 1;
      await this.commitGroup(works.slice(0, half), attempts);
      await this.commitGroup(works.slice(half), attempts);
    } else if (first && fault.kind === "refused" && !first.verified) {
      // What it wrote may come of what is out of date.
      first.verified = true;
      this.cache.doubt(first.reads);
    } else if (first) {
      if (fault.kind === "refused") this.reportRefused(fault, written.values());
      first.reject(toldOf(fault));
    }
  }

  private reportRefused(fault: DefiniteFault, written: Iterable<Write>): void {
    const families = new Set([...written].map(({ key }) => key.family));
    this.kv.report("What was to be written can never be stored", {
      error: fault.message,
      records: [...families].join(" "),
    });
  }

  /**
   * Commits what a run wrote. Returns what came true (this run, or an earlier
   * one whose answer was lost), or null when nothing did and all must run again.
   */
  private async tryCommit(
    id: string,
    { writes, used, generation }: Run,
    attempts: Attempts,
  ): Promise<Outcome[] | null> {
    const operation = this.operation(id, writes, used);
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
    // What was written in a generation that ended since is nothing to remember.
    const rememberable = this.kv.generation === generation ? writes : [];
    for (const [id, { key, value }] of rememberable) {
      if (value === undefined) this.cache.delete(key);
      else if (key.readSoon || used.has(id)) this.cache.set(key, { value, versionstamp });
    }
    return attempts.get(id) ?? null;
  }

  private operation(id: string, writes: Map<string, Write>, used: Map<string, Key<unknown>>) {
    const operation = this.kv.atomic();
    for (const key of used.values()) {
      const { path } = key;
      operation.check({ key: path, versionstamp: this.cache.get(key)?.versionstamp ?? null });
    }
    try {
      for (const { key, value } of writes.values()) {
        if (value === undefined) operation.delete(key.path);
        else operation.set(key.path, value, { expireIn: key.lifetime });
      }
    } catch (error) {
      throw faultOf(error);
    }
    return operation.set(this.commitKey.path, id, { expireIn: this.commitKey.lifetime });
  }

  /**
   * Work that refused, or only looked, decided on what is remembered: it is
   * answered only once it has looked at fresh data. Returns what is to commit.
   */
  private settleUnwritten(outcomes: Outcome[], groupWrites: boolean) {
    const committing: Outcome[] = [];
    for (const outcome of outcomes) {
      const { work } = outcome;
      if (!("error" in outcome) && groupWrites) committing.push(outcome);
      else if (work.verified) settle(outcome);
      else {
        work.verified = true;
        this.cache.doubt(work.reads);
      }
    }
    return committing;
  }
}
