import { AppError } from "../platform/errors.ts";
import { PROCESS_FAMILIES, storeKeys } from "./records.ts";

/** The current generation, and the versionstamp of the switch key. */
export interface Generation {
  readonly number: number;
  readonly versionstamp: string | null;
}

const KEY = storeKeys.generation();

/** Key of the current generation's number; absent while it is 0. */
export const SWITCH_KEY: Deno.KvKey = KEY.path;

/** The current generation as this process last read it. */
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

  /** Calls `listener` when another generation becomes current, before returning its records. */
  subscribe(listener: () => void): void {
    this.listeners.push(listener);
  }
}

/** The stored path of a record's path; generation 0 and the processes' keys have no prefix. */
export function storedPath(path: Deno.KvKey, generation: number): Deno.KvKey {
  const [family] = path;
  if (generation === 0 || family === undefined || PROCESS_FAMILIES.has(family)) return path;
  return [generation, ...path];
}

/** The path of a record without its generation. */
export function recordPath(stored: Deno.KvKey): Deno.KvKey {
  return typeof stored[0] === "number" ? stored.slice(1) : stored;
}

/**
 * The stored selector of a record selector.
 * @throws for several families: generation 0 has no prefix, so it could reach into others.
 */
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

/** An atomic operation on one generation, written with record paths. */
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
