import { AppError } from "../platform/errors.ts";
import { PROCESS_FAMILIES, storeKeys } from "./records.ts";

/** The generation of records that is current, and the version of the key that says so. */
export interface Generation {
  readonly number: number;
  readonly versionstamp: string | null;
}

const KEY = storeKeys.generation();

/** Where the number of the current generation stands; absent while it is 0. */
export const SWITCH_KEY: Deno.KvKey = KEY.path;

/** Keeps the current generation as this process last read it. */
export class CurrentGeneration {
  private known: Generation = { number: 0, versionstamp: null };
  private readonly listeners: (() => void)[] = [];

  /** The same object until another generation becomes current. */
  get value(): Generation {
    return this.known;
  }

  /**
   * Takes over a switch key that was read, unless a later one is known.
   * @throws {AppError} `unavailable` when it is damaged: no record could be trusted.
   */
  adopt({ value, versionstamp }: Deno.KvEntryMaybe<unknown>): void {
    if (versionstamp === null || versionstamp <= (this.known.versionstamp ?? "")) return;
    const number = KEY.schema.safeParse(value).data;
    if (number === undefined) {
      throw new AppError("unavailable", { code: "store.damaged", family: KEY.family });
    }
    this.known = { number, versionstamp };
    for (const listener of this.listeners) listener();
  }

  /** Calls `listener` when another generation became current, before anything of it is returned. */
  subscribe(listener: () => void): void {
    this.listeners.push(listener);
  }
}

/** The path in the store of a record's path: those of generation 0 and of processes have no prefix. */
export function storedPath(path: Deno.KvKey, generation: number): Deno.KvKey {
  const [family] = path;
  if (generation === 0 || family === undefined || PROCESS_FAMILIES.has(family)) return path;
  return [generation, ...path];
}

/** A record's path without its generation. */
export function recordPath(stored: Deno.KvKey): Deno.KvKey {
  return typeof stored[0] === "number" ? stored.slice(1) : stored;
}

/** Generation 0 has no prefix, so a selector of several families could reach into the others. */
export function storedSelector(
  selector: Deno.KvListSelector,
  generation: number,
): Deno.KvListSelector {
  const bounds = Object.values(selector) as Deno.KvKey[];
  const [family] = bounds[0] ?? [];
  if (typeof family !== "string" || bounds.some((bound) => bound[0] !== family)) {
    throw new Error("A list is of one family");
  }
  const stored = (path: Deno.KvKey) => storedPath(path, generation);
  if (!("prefix" in selector)) {
    return { start: stored(selector.start), end: stored(selector.end) };
  }
  const prefix = stored(selector.prefix);
  if ("start" in selector) return { prefix, start: stored(selector.start) };
  if ("end" in selector) return { prefix, end: stored(selector.end) };
  return { prefix };
}

/** An atomic operation on the records of one generation, written with their own paths. */
export class Atomic {
  constructor(
    private readonly operation: Deno.AtomicOperation,
    private readonly generation: number,
  ) {}

  check({ key, versionstamp }: Deno.AtomicCheck): this {
    this.operation.check({ key: storedPath(key, this.generation), versionstamp });
    return this;
  }

  set(path: Deno.KvKey, value: unknown, options?: { expireIn?: number | undefined }): this {
    const { expireIn } = options ?? {};
    this.operation.set(
      storedPath(path, this.generation),
      value,
      expireIn === undefined ? undefined : { expireIn },
    );
    return this;
  }

  delete(path: Deno.KvKey): this {
    this.operation.delete(storedPath(path, this.generation));
    return this;
  }

  commit(): Promise<Deno.KvCommitResult | Deno.KvCommitError> {
    return this.operation.commit();
  }
}
