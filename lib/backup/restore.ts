import { AppError } from "../platform/errors.ts";
import { deleteGeneration, switchGeneration } from "../store/whole_store/generation_change.ts";
import { putRecords, rawRecords } from "../store/whole_store/generation_records.ts";
import type { Kv } from "../store/kv.ts";
import { readBackup, RecordTally, type Tally } from "./backup_file.ts";
import { type BackupHeader, DamagedBackup, recordLine } from "./lines.ts";
import { WrongKey } from "./encryption.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface RestoreRequest {
  /** Opens the backup from its beginning, decrypted; it is read twice. */
  open: () => ReadableStream<Bytes> | Promise<ReadableStream<Bytes>>;
  /** Takes the place of what the store holds. */
  replace: boolean;
  /** The version of the records that this program writes. */
  schema: number;
  now: number;
  /** Ends it, unless the backup is the store's already. */
  signal?: AbortSignal;
  /** What capabilities do with their records of then, before they are the store's. */
  prepare: (kv: Kv, restored: Restored) => Promise<void>;
  /** Looks at what was replaced, to which nobody writes any more, before it is deleted. */
  replaced: (before: Kv) => Promise<void>;
}

export interface Restored {
  header: BackupHeader;
  records: number;
  /** Records whose time had ended. */
  ended: number;
}

/** Families that a new store has by itself. */
const OF_A_NEW_STORE = new Set<Deno.KvKeyPart>([
  "schema",
  "secret",
  "tools",
  "tool",
  "defaults",
  "alert",
  "clock",
]);

/**
 * Reads a backup to its end without writing.
 * @throws {AppError} `invalid` for a file that is damaged, of a newer program, or encrypted with
 * another key
 */
export async function checkBackup(
  open: RestoreRequest["open"],
  schema: number,
  signal?: AbortSignal,
): Promise<{ header: BackupHeader; records: number }> {
  let header: BackupHeader | null = null;
  let records = 0;
  for await (const part of trusted(open, signal)) {
    if ("header" in part) header = part.header;
    else records += part.records.length;
  }
  if (header === null) throw damaged();
  if (header.schema > schema) {
    throw new AppError("invalid", { code: "backup.newer", found: header.schema, known: schema });
  }
  return { header, records };
}

/**
 * Restores a backup: checks it whole, writes its records as the next generation, reads them back,
 * and makes it the current one in one commit. Until then nothing has changed; an interrupted restore
 * leaves records that the next one deletes.
 * @throws {AppError} as {@link checkBackup}; `conflict` for a store that is not empty, or that
 * another process restored at the same time
 */
export async function restoreBackup(kv: Kv, request: RestoreRequest): Promise<Restored> {
  const { open, replace, schema, signal, prepare, replaced } = request;
  const { header, records } = await checkBackup(open, schema, signal);
  const { number: current } = await kv.refreshGeneration();
  if (!replace && !await isNew(kv, current)) {
    throw new AppError("conflict", { code: "backup.not_empty" });
  }
  const next = current + 1;
  await deleteGeneration(kv, next);
  const written = await stage(kv, next, request);
  const found = new RecordTally();
  for await (const piece of rawRecords(kv, next)) {
    signal?.throwIfAborted();
    for (const record of piece) found.add(recordLine(record));
  }
  if (found.end().sha256 !== written.sha256) {
    throw new AppError("unavailable", { code: "backup.not_written" });
  }
  const restored = { header, records: written.records, ended: records - written.records };
  await prepare(kv.at(next), restored);
  signal?.throwIfAborted();
  await switchGeneration(kv, next);
  await replaced(kv.at(current));
  await deleteGeneration(kv, current);
  return restored;
}

/** Writes the records as a generation; returns the tally of those that were written. */
async function stage(
  kv: Kv,
  generation: number,
  { open, now, signal }: Pick<RestoreRequest, "open" | "now" | "signal">,
): Promise<Tally> {
  const tally = new RecordTally();
  for await (const part of trusted(open, signal)) {
    if ("header" in part) continue;
    const all = part.records.map((record) => ({ ...record, bytes: record.line.length }));
    for (const { path, value } of await putRecords(kv, generation, all, now)) {
      tally.add(recordLine({ path, value }));
    }
  }
  return tally.end();
}

/** Reads a backup, with its faults told as such. */
async function* trusted(open: RestoreRequest["open"], signal: AbortSignal | undefined) {
  try {
    for await (const part of readBackup(await open())) {
      signal?.throwIfAborted();
      yield part;
    }
  } catch (error) {
    if (error instanceof WrongKey) throw new AppError("invalid", { code: "backup.key", set: true });
    if (error instanceof DamagedBackup) throw damaged();
    throw error;
  }
}

function damaged(): AppError {
  return new AppError("invalid", { code: "backup.damaged" });
}

/** Whether nobody has used the store yet. */
async function isNew(kv: Kv, generation: number): Promise<boolean> {
  for await (const piece of rawRecords(kv, generation)) {
    if (piece.some(({ path: [family = ""] }) => !OF_A_NEW_STORE.has(family))) return false;
  }
  return true;
}
