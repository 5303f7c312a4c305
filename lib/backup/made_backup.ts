import { rawRecords } from "../store/whole_store/generation_records.ts";
import type { Report } from "../store/key.ts";
import type { Kv } from "../store/kv.ts";
import { isFile } from "../store/private_files.ts";
import { storeKeys } from "../store/records.ts";
import { fileSnapshot } from "../store/whole_store/snapshot.ts";
import { AppError } from "../platform/errors.ts";
import { backupOf, type Tally } from "./backup_file.ts";

interface Needs {
  store: { kv: Kv };
  /** Of the store: a file is copied first, any other store is read while nobody writes. */
  path: string | undefined;
  /** Version of the program. */
  app: string;
  now: number;
  report: Report;
  /** Ends the copying of a file at once. */
  signal?: AbortSignal;
}

/** Readings of a store that is not a file, until one meets no write. */
const TRIES = 5;

/**
 * Makes a backup of the whole store at one moment, and gives it to `write`, again where writes came
 * in between. Returns the last result with the backup's tally.
 * @throws {AppError} `unavailable` when a store that is not a file was written to at each try
 */
export async function makeBackup<T>(
  { store, path, app, now, report, signal }: Needs,
  write: (backup: ReadableStream<Uint8Array<ArrayBuffer>>) => Promise<T>,
): Promise<{ result: T; tally: Tally }> {
  const from = async (kv: Kv, generation: number) => {
    const { value: schema } = await kv.at(generation).get(storeKeys.schema());
    let tally: Tally = { records: 0, sha256: "" };
    const header = { app, schema: schema ?? 1, made: new Date(now).toISOString() };
    const result = await write(
      backupOf(rawRecords(kv, generation), header, (told) => void (tally = told)),
    );
    return { result, tally };
  };
  if (isFile(path)) {
    await using snapshot = await fileSnapshot(path, report, now, signal);
    return await from(snapshot.kv, snapshot.generation);
  }
  for (let tried = 0; tried < TRIES; tried++) {
    signal?.throwIfAborted();
    const before = await commitsOf(store.kv);
    const { number } = await store.kv.refreshGeneration();
    const made = await from(store.kv, number);
    if (await commitsOf(store.kv) === before) return made;
  }
  throw new AppError("unavailable", { code: "backup.busy" });
}

/** Changes with every commit of every process. */
async function commitsOf(kv: Kv): Promise<string> {
  const rows = await kv.list(
    { prefix: ["commit"] },
    (path) => storeKeys.commit(String(path[1])),
  );
  return JSON.stringify(rows.map(({ path, value }) => [path[1], value]));
}
