import { AppError } from "../platform/errors.ts";
import { faultOf, messageOf, toldOf } from "./faults.ts";
import type { Key, Report } from "./key.ts";
import { WriteHealth } from "./write_health.ts";

/** Longest that one call to the store may take, in milliseconds; a dead remote hangs for ever. */
const CALL_LIMIT_MS = 4_000;
const LOCK_TRIES = 40;
/** The most keys Deno KV takes in one getMany. */
const GET_MANY = 10;
/** Entries of a long list that are in memory at once. */
const PIECE = 500;

export interface Entry<T> {
  value: T | null;
  versionstamp: string | null;
  /** What whoever reads it is told: it is damaged, and must not be taken for absent. */
  damage?: AppError;
}

interface Row<T> {
  path: Deno.KvKey;
  value: T;
}

/**
 * The one wrapper around Deno.Kv: a time limit on every call, a jittered retry
 * while another process has the file locked, errors told apart by faults.ts, and
 * values checked by their schema. A damaged record is reported and read as absent, or refused where
 * absence would be dangerous (money).
 */
export class Kv {
  /** How the latest writes went. */
  readonly writes: WriteHealth;

  constructor(private readonly kv: Deno.Kv, readonly report: Report) {
    this.writes = new WriteHealth(report);
  }

  async get<T>(key: Key<T>): Promise<Entry<T>> {
    return sound(this.checked(key, await this.read(() => this.kv.get(key.path))));
  }

  /** Any number of keys, read in as few batches as the store allows. */
  async getMany<T>(keys: readonly Key<T>[]): Promise<Entry<T>[]> {
    return (await this.getEach(keys)).map(sound);
  }

  /** The same, where a damaged record is for who needs it: the others' are returned all the same. */
  async getEach<T>(keys: readonly Key<T>[]): Promise<Entry<T>[]> {
    if (keys.length === 0) return [];
    const batches: Promise<Deno.KvEntryMaybe<unknown>[]>[] = [];
    for (let i = 0; i < keys.length; i += GET_MANY) {
      const paths = keys.slice(i, i + GET_MANY).map((key) => key.path);
      batches.push(this.read(() => this.kv.getMany(paths)));
    }
    const found = (await Promise.all(batches)).flat();
    return keys.map((key, i) => this.checked(key, found[i] ?? ABSENT));
  }

  /**
   * Entries below a prefix, or between two keys. Damaged ones are reported and
   * left out, of any family: one of them hides no others. `read` says how to check each value.
   * @param options `strict` where nothing may be left out
   */
  async list<T>(
    selector: Deno.KvListSelector,
    read: (path: Deno.KvKey) => Key<T>,
    { strict = false, ...options }: { limit?: number; reverse?: boolean; strict?: boolean } = {},
  ): Promise<Row<T>[]> {
    const found = await this.read(() =>
      Array.fromAsync(this.kv.list(selector, { ...options, batchSize: options.limit ?? 500 }))
    );
    return this.rows(found, read, strict);
  }

  /** Everything below a prefix in pieces, so that a large store is never in memory as a whole. */
  async *pieces<T>(
    prefix: Deno.KvKey,
    read: (path: Deno.KvKey) => Key<T>,
  ): AsyncGenerator<Row<T>[]> {
    let start: Deno.KvKey | undefined;
    for (;;) {
      const from = start;
      const found = await this.read(() =>
        Array.fromAsync(
          this.kv.list(from === undefined ? { prefix } : { prefix, start: from }, {
            limit: PIECE,
            batchSize: PIECE,
          }),
        )
      );
      yield this.rows(found, read, false);
      const last = found[found.length - 1];
      if (found.length < PIECE || !last) return;
      start = [...last.key, 0];
    }
  }

  atomic(): Deno.AtomicOperation {
    return this.kv.atomic();
  }

  /**
   * Commits once. Returns the versionstamp, or null when a check failed.
   * @throws {DefiniteFault} when nothing was written.
   * @throws {AmbiguousWrite} when the store did not say what became of it.
   */
  async commit(operation: Deno.AtomicOperation): Promise<string | null> {
    try {
      const result = await patient(() => operation.commit());
      this.writes.success();
      return result.ok ? result.versionstamp : null;
    } catch (error) {
      const fault = faultOf(error);
      // What is refused says nothing about the store.
      if (!("kind" in fault) || fault.kind === "failing") this.writes.failure(fault);
      throw fault;
    }
  }

  close(): void {
    this.kv.close();
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

  private async read<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await patient(call);
    } catch (error) {
      this.writes.tell("The store did not answer a read", error);
      throw toldOf(error);
    }
  }
}

/** @throws {AppError} `unavailable` when it is damaged. */
function sound<T>(entry: Entry<T>): Entry<T> {
  if (entry.damage) throw entry.damage;
  return entry;
}

const ABSENT = { value: null, versionstamp: null } as const;

/** Runs a call, again while the file is locked by another process, all within the time limit. */
async function patient<T>(call: () => Promise<T>): Promise<T> {
  const until = performance.now() + CALL_LIMIT_MS;
  for (let attempt = 1;; attempt++) {
    try {
      return await limited(call(), until - performance.now());
    } catch (error) {
      const again = attempt < LOCK_TRIES && performance.now() < until;
      if (!again || !messageOf(error).includes("database is locked")) throw error;
      await new Promise((done) => setTimeout(done, Math.random() * Math.min(100, 2 * attempt)));
    }
  }
}

function limited<T>(call: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("The store did not answer in time")), ms);
    call.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
