import { setImmediate } from "node:timers";
import { startTimeLimit } from "../platform/time_limit.ts";
import { CommitQueue } from "./commit_queue.ts";
import { AmbiguousWriteError, callerError, DefiniteWriteError, writeErrorOf } from "./faults.ts";
import type { Atomic } from "./generations.ts";
import type { Key } from "./key.ts";
import type { Entry, Kv } from "./kv.ts";
import { RecordCache } from "./record_cache.ts";
import { storeKeys } from "./records.ts";
import {
  answer,
  type GroupRun,
  type Priority,
  runGroup,
  type StagedWrite,
  type Tx,
  type Unit,
  type WorkOutcome,
} from "./unit_of_work.ts";

export type { Tx } from "./unit_of_work.ts";

/** Time limit of a unit of work since its request, in ms; an HTTP request has 15 s in all. */
const LIMIT_MS = 10_000;

/** A commit was decided on records that have changed since: read them, and decide, again. */
export class StaleRead extends Error {
  override name = "StaleRead";
}

/** Writes for a commit that has others as well. */
export interface WritePart {
  reads: readonly Key<unknown>[];
  /** Upper estimate of its bytes. */
  weight: number;
  /** False, without a write, when its commit must be decided again. */
  write(tx: Tx): boolean;
}

/** Attempted commits, by the id that each wrote. */
type Attempts = Map<string, WorkOutcome[]>;

/**
 * Serialisable transactions with group commit: units requested during one commit form the next
 * group, so a hundred turns cost one fsync. Each unit names the keys it reads. They are cached with
 * their versions, so a busy process reads almost nothing, and every commit checks them, so other
 * processes on the store are never overwritten. Work may run several times and must depend only on
 * what it reads.
 *
 * The result of a commit is never guessed: each one writes an id of its own, which is read back
 * when the answer was lost. A definite error (see faults.ts) splits the group, so that only the
 * units at fault fail, and at once.
 */
export class Transactions {
  private readonly queue = new CommitQueue();
  private readonly cache: RecordCache;
  private readonly commitKey: Key<string>;
  private pumping = false;
  private commits = 0;
  private idle: (() => void)[] = [];
  private readonly counters = { groups: 0, works: 0, conflicts: 0 };

  constructor(
    private readonly kv: Kv,
    private readonly process: string,
    private readonly limitMs = LIMIT_MS,
  ) {
    this.commitKey = storeKeys.commit(process);
    this.cache = new RecordCache(kv);
  }

  /**
   * Runs `work`; resolves with its result once its writes are durable. An error of `work` rejects,
   * and leaves no writes.
   * @param weight upper estimate of the bytes written
   * @throws {UnstorableError} when its writes can never be stored; none of them is.
   * @throws {AppError} `unavailable` when a record that it reads is damaged, or the store takes no
   * writes or does not answer in time; only in the last case it may have been committed.
   */
  run<T>(
    reads: readonly Key<unknown>[],
    work: (tx: Tx) => T,
    weight = 2_000,
    priority: Priority = "normal",
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const end = (how: () => void) => {
        unit.answered = true;
        cancel();
        how();
      };
      const unit: Unit = {
        reads,
        run: work,
        weight,
        priority,
        since: performance.now(),
        resolve: (value) => end(() => resolve(value as T)),
        reject: (error) => end(() => reject(error)),
        fresh: false,
        answered: false,
      };
      const cancel = startTimeLimit(this.limitMs, () => this.giveUp(unit));
      this.queue.add(unit);
      if (!this.pumping) {
        this.pumping = true;
        queueMicrotask(() => void this.pump());
      }
    });
  }

  get counts(): { groups: number; works: number; conflicts: number; reads: number } {
    return { ...this.counters, reads: this.cache.reads };
  }

  /** A cached record; may be stale. */
  cached<T>(key: Key<T>): { value: T | null } | undefined {
    const entry = this.cache.get(key);
    if (entry?.damage) return undefined;
    // The cache holds under a key's id only what was read or written through that key's schema.
    return entry as Entry<T> | undefined;
  }

  /** Reads keys that are not cached, in one batch. */
  prefetch(keys: readonly Key<unknown>[]): Promise<void> {
    return this.cache.prefetch(keys);
  }

  /** A record, from the cache or the store; may be stale. */
  async read<T>(key: Key<T>): Promise<T | null> {
    await this.prefetch([key]);
    const known = this.cached(key);
    return known === undefined ? (await this.kv.get(key)).value : known.value;
  }

  invalidate(): void {
    this.cache.clear();
  }

  /** Resolves when the queue is empty. */
  settled(): Promise<void> {
    return this.pumping ? new Promise((done) => this.idle.push(done)) : Promise.resolve();
  }

  private async pump(): Promise<void> {
    // Units requested in this turn of the event loop join the group.
    await new Promise((next) => setImmediate(next));
    while (this.queue.length > 0) {
      const group = await this.queue.take();
      try {
        await this.commitGroup(group, new Map());
      } catch (error) {
        for (const unit of group) if (!unit.answered) unit.reject(callerError(error));
      }
    }
    this.pumping = false;
    for (const done of this.idle.splice(0)) done();
  }

  private giveUp(unit: Unit): void {
    const late = new Error("A commit took too long");
    this.kv.writes.tell("Gave up a unit of work", late);
    unit.reject(callerError(late));
  }

  private async commitGroup(group: readonly Unit[], attempts: Attempts): Promise<void> {
    for (let attempt = 0;; attempt++) {
      const pending = group.filter((unit) => !unit.answered);
      if (pending.length === 0) return;
      let trying = pending;
      let written = new Map<string, StagedWrite>();
      try {
        const fresh = new Set(readsOf(pending.filter((unit) => unit.fresh)).map(({ id }) => id));
        const run = runGroup(pending, await this.cache.load(readsOf(pending), fresh));
        this.counters.works += run.outcomes.length;
        const committing = answerUnwritten(run);
        if (run.writes.size === 0) continue;
        trying = committing.map(({ unit }) => unit);
        written = run.writes;
        const id = `${this.process}.${++this.commits}`;
        attempts.set(id, committing);
        const done = await this.tryCommit(id, run, attempts);
        if (done) {
          done.forEach(answer);
          continue;
        }
      } catch (error) {
        if (!(error instanceof DefiniteWriteError)) throw error;
        await this.splitGroup(trying, error, attempts, written);
        continue;
      }
      this.counters.conflicts++;
      await new Promise((next) => setTimeout(next, Math.random() * Math.min(30, 2 + attempt * 2)));
    }
  }

  /** Commits the halves of a group that cannot be written as a whole; a single unit is at fault. */
  private async splitGroup(
    units: readonly Unit[],
    fault: DefiniteWriteError,
    attempts: Attempts,
    written: Map<string, StagedWrite>,
  ): Promise<void> {
    const [first] = units;
    if (units.length > 1) {
      const half = units.length >> 1;
      await this.commitGroup(units.slice(0, half), attempts);
      await this.commitGroup(units.slice(half), attempts);
    } else if (first && fault.kind === "refused" && !first.fresh) {
      // Its writes may come from stale records.
      first.fresh = true;
    } else if (first) {
      if (fault.kind === "refused") this.reportRefused(fault, written.values());
      first.reject(callerError(fault));
    }
  }

  private reportRefused(fault: DefiniteWriteError, written: Iterable<StagedWrite>): void {
    const families = new Set([...written].map(({ key }) => key.family));
    this.kv.report("A write can never be stored", {
      error: fault.message,
      records: [...families].join(" "),
    });
  }

  /**
   * Commits the writes of a run. Returns the committed outcomes (of this run, or of an earlier one
   * whose answer was lost), or null when none was committed and all must run again.
   */
  private async tryCommit(
    id: string,
    run: GroupRun,
    attempts: Attempts,
  ): Promise<WorkOutcome[] | null> {
    const operation = this.operation(id, run);
    this.counters.groups++;
    let versionstamp: string | null = null;
    try {
      versionstamp = await this.kv.commit(operation);
    } catch (error) {
      if (!(error instanceof AmbiguousWriteError)) throw error;
    }
    if (versionstamp === null) {
      this.cache.noteConflict(run.used.keys(), run.snapshot);
      const last = await this.kv.get(this.commitKey);
      return last.value === null ? null : attempts.get(last.value) ?? null;
    }
    // Writes in a generation that has ended since are not cached.
    if (this.kv.generation === run.snapshot.generation) {
      for (const { key, value = null } of run.writes.values()) {
        this.cache.update(key, { value, versionstamp });
      }
    }
    return attempts.get(id) ?? null;
  }

  private operation(id: string, { writes, used, snapshot }: GroupRun): Atomic {
    const operation = this.kv.atomic(snapshot.generation);
    for (const { id, path } of used.values()) {
      const { versionstamp = null } = snapshot.entries.get(id) ?? {};
      operation.check({ key: path, versionstamp });
    }
    try {
      for (const { key, value } of writes.values()) {
        if (value === undefined) operation.delete(key.path);
        else operation.set(key.path, value, { expireIn: key.lifetime });
      }
    } catch (error) {
      throw writeErrorOf(error);
    }
    return operation.set(this.commitKey.path, id, { expireIn: this.commitKey.lifetime });
  }
}

function readsOf(units: readonly Unit[]): Key<unknown>[] {
  return units.flatMap(({ reads }) => reads);
}

/**
 * Answers units that threw, or only read, once they have run on fresh records; until then they run
 * again. Returns the outcomes to commit.
 */
function answerUnwritten({ outcomes, writes }: GroupRun): WorkOutcome[] {
  return outcomes.filter((outcome) => {
    if (!("error" in outcome) && writes.size > 0) return true;
    if (outcome.unit.fresh) answer(outcome);
    else outcome.unit.fresh = true;
    return false;
  });
}
