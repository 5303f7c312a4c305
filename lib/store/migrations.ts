import { AppError } from "../platform/errors.ts";
import { parseUsd } from "../shared/money.ts";
import { claimForEver } from "../whatsapp/inbox/claims.ts";
import { AmbiguousWrite } from "./faults.ts";
import { settingsKeys } from "../settings/records.ts";
import type { Key } from "./key.ts";
import { storeKeys } from "./records.ts";
import type { Kv } from "./kv.ts";

const NOTE_TRIES = 5;
/** What all tools together may cost in a day in a new store, until somebody says otherwise. */
const NEW_CEILING = parseUsd("10");

/** Steps from one version of the table in keys.ts to the next; step n leads to version n + 1. */
const STEPS: readonly ((kv: Kv) => Promise<void>)[] = [claimForEver];

export const SCHEMA_VERSION = STEPS.length + 1;

/**
 * Brings the store to the current version, one step at a time; each notes its
 * version when it is done, so that a start that was cut off goes on from there.
 * Steps must be safe to run twice: two processes may start at once.
 * @throws {AppError} when the store is of a newer version than this program.
 */
export async function migrate(kv: Kv): Promise<void> {
  const { value } = await kv.get(storeKeys.schema());
  if (value !== null && value > SCHEMA_VERSION) {
    throw new AppError(
      "unavailable",
      `Cannot use the store: its version is ${value} and this program knows ${SCHEMA_VERSION}; start the newer program`,
    );
  }
  for (let version = value ?? SCHEMA_VERSION; version < SCHEMA_VERSION; version++) {
    await STEPS[version - 1]?.(kv);
    await note(kv, storeKeys.schema(), version + 1);
  }
  if (value === null) await begin(kv);
}

/** Writes into a new store what it begins with, and then its version: cut off, it begins again. */
async function begin(kv: Kv): Promise<void> {
  await note(kv, settingsKeys.defaults(), { organisationCeiling: NEW_CEILING });
  await note(kv, storeKeys.schema(), SCHEMA_VERSION);
}

/** Writes a value. Written twice it is the same, so an answer that is lost is no reason to end. */
async function note<T>(kv: Kv, key: Key<T>, value: T): Promise<void> {
  for (let attempt = 1;; attempt++) {
    try {
      await kv.commit(kv.atomic().set(key.path, value));
      return;
    } catch (error) {
      if (!(error instanceof AmbiguousWrite) || attempt === NOTE_TRIES) throw error;
    }
  }
}
