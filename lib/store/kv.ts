import { Distributions } from "../platform/counts.ts";
import { AppError } from "../platform/errors.ts";
import { callerError, isBroken, isLocked, writeErrorOf } from "./faults.ts";
import {
  Atomic,
  CurrentGeneration,
  type Generation,
  recordPath,
  storedPath,
  storedSelector,
  SWITCH_KEY,
} from "./generations.ts";
import type { Key, Report } from "./key.ts";
import { callStore } from "./store_call.ts";
import { WriteHealth } from "./write_health.ts";

/** Bounds of the calls' durations, in seconds. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 4];
/** Deno KV takes 10 keys in one getMany; one of them is the switch key. */
const GET_MANY = 9;
/** Entries of a long list in memory at once. */
const PIECE = 500;

export interface Entry<T> {
  value: T | null;
  versionstamp: string | null;
  /** Set for a damaged record, which must not be taken for absent. */
  damage?: AppError;
}

interface Row<T> {
  path: Deno.KvKey;
  value: T;
}

/**
 * The only wrapper around Deno.Kv: a time limit for each call, jittered retries while another
 * process has the file locked, or of a read whose answer broke off, errors classified by faults.ts,
 * values checked by their schema. A damaged record is reported and read as absent, or refused where
 * absence is dangerous (money).
 *
 * All paths are of the current generation. Each read includes the switch key and each commit checks
 * it, so nothing is read or written in a generation that ended.
 */
export class Kv {
  readonly writes: WriteHealth;
  /** Durations of calls by `op`, retries included, in seconds. */
  readonly seconds = new Distributions(["op"], SECONDS);

  private readonly ageing: (() => void)[] = [];

  /** @param pinned reads and writes this generation, whichever is current */
  constructor(
    private readonly kv: Deno.Kv,
    readonly report: Report,
    private readonly current = new CurrentGeneration(),
    private readonly pinned: Generation | null = null,
  ) {
    this.writes = new WriteHealth(report);
  }

  /** The generation in use; the same object until another becomes current. */
  get generation(): Generation {
    return this.pinned ?? this.current.value;
  }

  /** Calls `listener` when another generation becomes current: earlier reads are stale. */
  onSwitch(listener: () => void): void {
    this.current.subscribe(listener);
  }

  /** Calls `listener` at each {@link age}: to drop what a cache has not used since the last. */
  onAge(listener: () => void): void {
    this.ageing.push(listener);
  }

  /** Ends what this process's caches have of the store and do not use. */
  age(): void {
    for (const listener of this.ageing) listener();
  }

  /** A view of one generation, whichever is current. */
  at(generation: number): Kv {
    return new Kv(this.kv, this.report, this.current, { number: generation, versionstamp: null });
  }

  /** Reads the switch key. */
  async refreshGeneration(): Promise<Generation> {
    this.current.adopt(await this.read("get", () => this.kv.get(SWITCH_KEY)));
    return this.current.value;
  }

  async get<T>(key: Key<T>): Promise<Entry<T>> {
    const [entry = ABSENT] = await this.getEach([key]);
    return sound(entry);
  }

  /**
   * Reads any number of keys in as few batches as the store allows.
   * @throws {AppError} `unavailable` when one is damaged.
   */
  async getMany<T>(keys: readonly Key<T>[]): Promise<Entry<T>[]> {
    return (await this.getEach(keys)).map(sound);
  }

  /** As {@link getMany}, but returns damaged records with their error beside the others. */
  async getEach<T>(keys: readonly Key<T>[]): Promise<Entry<T>[]> {
    if (keys.length === 0) return [];
    const found = await this.within(async (generation) => {
      const batches: Promise<Deno.KvEntryMaybe<unknown>[]>[] = [];
      for (let i = 0; i < keys.length; i += GET_MANY) {
        const paths = keys.slice(i, i + GET_MANY).map(({ path }) => storedPath(path, generation));
        batches.push(this.read("get", () => this.kv.getMany([SWITCH_KEY, ...paths])));
      }
      return await Promise.all(batches);
    }, (batches) => batches.flatMap(([switched]) => switched ?? []));
    const entries = found.flatMap(([, ...entries]) => entries);
    return keys.map((key, i) => this.checked(key, entries[i] ?? ABSENT));
  }

  /**
   * Entries below a prefix or between two keys. Damaged ones are reported and left out, in any
   * family: one hides no others. `read` chooses the schema of each value.
   * @param options `strict` throws for a damaged entry
   */
  async list<T>(
    selector: Deno.KvListSelector,
    read: (path: Deno.KvKey) => Key<T>,
    { strict = false, ...options }: { limit?: number; reverse?: boolean; strict?: boolean } = {},
  ): Promise<Row<T>[]> {
    return this.rows(await this.found(selector, options), read, strict);
  }

  /** Everything below a prefix in batches, so that a large store is never in memory as a whole. */
  async *pieces<T>(
    prefix: Deno.KvKey,
    read: (path: Deno.KvKey) => Key<T>,
  ): AsyncGenerator<Row<T>[]> {
    let began: Generation | null = null;
    let start: Deno.KvKey | null = null;
    for (;;) {
      const selector: Deno.KvListSelector = start === null ? { prefix } : { prefix, start };
      const found = await this.found(selector, { limit: PIECE });
      began ??= this.generation;
      if (this.generation !== began) {
        throw callerError(new Error("The generation ended while it was read"));
      }
      yield this.rows(found, read, false);
      const last = found.at(-1);
      if (found.length < PIECE || !last) return;
      start = keyAfter(last.key);
    }
  }

  /** Raw entries of a range of the store, with the generation in each path. */
  stored(range: Deno.KvListSelector, limit: number): Promise<Deno.KvEntry<unknown>[]> {
    const options = { limit, batchSize: limit };
    return this.read("list", () => Array.fromAsync(this.kv.list(range, options)));
  }

  /** An operation whose commit fails its check when the generation is no longer current. */
  atomic(generation = this.generation): Atomic {
    const { number, versionstamp } = generation;
    const operation = this.kv.atomic();
    if (this.pinned === null) operation.check({ key: SWITCH_KEY, versionstamp });
    return new Atomic(operation, number);
  }

  /**
   * Commits once. Returns the versionstamp, or null when a check failed.
   * @throws {DefiniteWriteError} when nothing was written.
   * @throws {AmbiguousWriteError} when the result is not known.
   */
  async commit(operation: Atomic): Promise<string | null> {
    try {
      const result = await this.timed("commit", () => operation.commit(), isLocked);
      this.writes.success();
      return result.ok ? result.versionstamp : null;
    } catch (error) {
      const fault = writeErrorOf(error);
      // A refused write says nothing about the store's health.
      if (!("kind" in fault) || fault.kind === "failing") this.writes.failure(fault);
      throw fault;
    }
  }

  close(): void {
    this.kv.close();
  }

  /** Runs a read within one generation; repeats it once when another turns out to be current. */
  private async within<T>(
    read: (generation: number) => Promise<T>,
    switches: (found: T) => readonly Deno.KvEntryMaybe<unknown>[],
  ): Promise<T> {
    for (;;) {
      const { generation } = this;
      const found = await read(generation.number);
      for (const entry of switches(found)) this.current.adopt(entry);
      if (this.generation === generation) return found;
    }
  }

  /** Entries with record paths. */
  private async found(
    selector: Deno.KvListSelector,
    options: { limit?: number; reverse?: boolean },
  ): Promise<Deno.KvEntry<unknown>[]> {
    const all = { ...options, batchSize: options.limit ?? PIECE };
    const [found] = await this.within((generation) => {
      const stored = storedSelector(selector, generation);
      return Promise.all([
        this.read("list", () => Array.fromAsync(this.kv.list(stored, all))),
        this.read("get", () => this.kv.get(SWITCH_KEY)),
      ]);
    }, ([, switched]) => [switched]);
    return found.map((entry) => ({ ...entry, key: recordPath(entry.key) }));
  }

  private rows<T>(
    found: readonly Deno.KvEntry<unknown>[],
    read: (path: Deno.KvKey) => Key<T>,
    strict: boolean,
  ): Row<T>[] {
    return found.flatMap((entry) => {
      const checked = this.checked(read(entry.key), entry);
      const { value } = strict ? sound(checked) : checked;
      return value === null ? [] : [{ path: entry.key, value }];
    });
  }

  private checked<T>(key: Key<T>, entry: Entry<unknown>): Entry<T> {
    if (entry.versionstamp === null) return ABSENT;
    const result = key.schema.safeParse(entry.value);
    if (result.success) return { value: result.data, versionstamp: entry.versionstamp };
    const path = result.error.issues[0]?.path.join(".") ?? "";
    this.report(`Damaged record in the store: ${key.family}`, { family: key.family, field: path });
    const absent = { value: null, versionstamp: entry.versionstamp };
    if (key.onDamage === "skip") return absent;
    const damage = new AppError(
      "unavailable",
      { code: "store.damaged", family: key.family },
    );
    return { ...absent, damage };
  }

  private async timed<T>(
    op: string,
    call: () => Promise<T>,
    again: (message: string) => boolean,
  ): Promise<T> {
    const began = performance.now();
    try {
      return await callStore(call, again);
    } finally {
      this.seconds.add([op], (performance.now() - began) / 1000);
    }
  }

  private async read<T>(op: string, call: () => Promise<T>): Promise<T> {
    try {
      return await this.timed(op, call, (message) => isLocked(message) || isBroken(message));
    } catch (error) {
      this.writes.tell("The store did not answer a read", error);
      throw callerError(error);
    }
  }
}

/** @throws {AppError} `unavailable` when it is damaged. */
function sound<T>(entry: Entry<T>): Entry<T> {
  if (entry.damage) throw entry.damage;
  return entry;
}

/** The first key after another and before all keys that begin with it. */
export function keyAfter(key: Deno.KvKey): Deno.KvKey {
  return [...key, new Uint8Array()];
}

const ABSENT = { value: null, versionstamp: null } as const;
