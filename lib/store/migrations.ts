import { AppError } from "../platform/errors.ts";
import { AmbiguousWriteError } from "./faults.ts";
import type { Atomic } from "./generations.ts";
import type { Key } from "./key.ts";
import type { Kv } from "./kv.ts";
import { storeKeys } from "./records.ts";

const NOTE_TRIES = 5;

export interface Migrations {
  /** Step n leads from version n to n + 1; idempotent, since two processes may start at once. */
  readonly steps: readonly ((kv: Kv) => Promise<void>)[];
  /** Writes the first records of a new store; idempotent. */
  begin(kv: Kv): Promise<void>;
}

/**
 * Brings the store to the current version, one step at a time; each stores its version when it is
 * done, so an interrupted start continues there.
 * @throws {AppError} when the store's version is newer than this program's.
 */
export async function migrate(kv: Kv, { steps, begin }: Migrations): Promise<void> {
  const current = steps.length + 1;
  const { value } = await kv.get(storeKeys.schema());
  if (value !== null && value > current) {
    throw new AppError(
      "unavailable",
      { code: "store.newer", found: value, known: current },
    );
  }
  for (let version = value ?? current; version < current; version++) {
    await steps[version - 1]?.(kv);
    await writeSafely(kv, storeKeys.schema(), version + 1);
  }
  if (value !== null) return;
  // The version is written last: an interrupted start begins again.
  await begin(kv);
  await writeSafely(kv, storeKeys.schema(), current);
}

/** Writes a value and retries when the result is not known: a second write changes nothing. */
export function writeSafely<T>(kv: Kv, key: Key<T>, value: T): Promise<void> {
  return commitSafely(kv, () => kv.atomic().set(key.path, value));
}

/** Commits what `operation` makes, as {@link writeSafely}. */
export async function commitSafely(kv: Kv, operation: () => Atomic): Promise<void> {
  for (let attempt = 1;; attempt++) {
    try {
      if (await kv.commit(operation()) !== null) return;
      // Another generation became current.
      await kv.refreshGeneration();
    } catch (error) {
      if (!(error instanceof AmbiguousWriteError) || attempt === NOTE_TRIES) throw error;
    }
  }
}
