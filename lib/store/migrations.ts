import { AppError } from "../domain/errors.ts";
import { AmbiguousWrite } from "./faults.ts";
import { keys } from "./keys.ts";
import type { Kv } from "./kv.ts";

const NOTE_TRIES = 5;

/** Steps from one version of the table in keys.ts to the next; step n leads to version n + 1. */
const STEPS: readonly ((kv: Kv) => Promise<void>)[] = [];

export const SCHEMA_VERSION = STEPS.length + 1;

/**
 * Brings the store to the current version, one step at a time; each notes its
 * version when it is done, so that a start that was cut off goes on from there.
 * Steps must be safe to run twice: two processes may start at once.
 * @throws {AppError} when the store is of a newer version than this program.
 */
export async function migrate(kv: Kv): Promise<void> {
  const { value } = await kv.get(keys.schema());
  if (value !== null && value > SCHEMA_VERSION) {
    throw new AppError(
      "unavailable",
      `Cannot use the store: its version is ${value} and this program knows ${SCHEMA_VERSION}; start the newer program`,
    );
  }
  for (let version = value ?? SCHEMA_VERSION; version < SCHEMA_VERSION; version++) {
    await STEPS[version - 1]?.(kv);
    await note(kv, version + 1);
  }
  if (value === null) await note(kv, SCHEMA_VERSION);
}

/** Notes the version. Noted twice it is the same, so an answer that is lost is no reason to end. */
async function note(kv: Kv, version: number): Promise<void> {
  for (let attempt = 1;; attempt++) {
    try {
      await kv.commit(kv.atomic().set(keys.schema().path, version));
      return;
    } catch (error) {
      if (!(error instanceof AmbiguousWrite) || attempt === NOTE_TRIES) throw error;
    }
  }
}
