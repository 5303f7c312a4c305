import { AppError } from "../platform/errors.ts";
import { AmbiguousWriteError } from "./faults.ts";
import { SWITCH_KEY } from "./generations.ts";
import { keyAfter, type Kv } from "./kv.ts";
import { PROCESS_FAMILIES } from "./records.ts";

/** One commit takes 1,000 mutations and 80 KiB of keys, each of up to 2 KiB. */
const DELETED_AT_ONCE = 500;
const KEY_BYTES_AT_ONCE = 60_000;

/**
 * Makes another generation the current one, for all processes on the store.
 * @throws {AppError} `conflict` when another process switched at the same time.
 */
export async function switchGeneration(kv: Kv, to: number): Promise<void> {
  const { number, versionstamp } = await kv.refreshGeneration();
  if (number === to) return;
  await tried(kv, kv.atomic({ number: 0, versionstamp }).set(SWITCH_KEY, to));
  const now = await kv.refreshGeneration();
  if (now.number !== to) throw new AppError("conflict", { code: "store.switched" });
}

/**
 * Deletes all records of a generation that is not current, in batches; returns their number. Safe
 * to repeat after an interruption.
 * @throws {AppError} `conflict` when the generation is current, or becomes it.
 */
export async function deleteGeneration(kv: Kv, generation: number): Promise<number> {
  let { start, end } = rangeOf(generation);
  for (let deleted = 0;;) {
    const found = fitting(await kv.stored({ start, end }, DELETED_AT_ONCE));
    const last = found.at(-1);
    if (!last) return deleted;
    const { number, versionstamp } = await kv.refreshGeneration();
    if (number === generation) throw new AppError("conflict", { code: "store.in_use" });
    // Generation 0 has no prefix: record paths equal stored paths.
    const operation = kv.atomic({ number: 0, versionstamp });
    const gone = found.filter(({ key: [family = ""] }) => !PROCESS_FAMILIES.has(family));
    for (const { key } of gone) operation.delete(key);
    if (!await tried(kv, operation)) continue;
    deleted += gone.length;
    start = keyAfter(last.key);
  }
}

/** As many entries as one commit can delete. */
function fitting(entries: Deno.KvEntry<unknown>[]): Deno.KvEntry<unknown>[] {
  let bytes = 0;
  const end = entries.findIndex(({ key }) => {
    for (const part of key) bytes += 3 * String(part).length + 12;
    return bytes > KEY_BYTES_AT_ONCE;
  });
  return end < 0 ? entries : entries.slice(0, Math.max(1, end));
}

/** Whether the commit is certain. */
async function tried(kv: Kv, operation: ReturnType<Kv["atomic"]>): Promise<boolean> {
  try {
    return await kv.commit(operation) !== null;
  } catch (error) {
    if (!(error instanceof AmbiguousWriteError)) throw error;
    return false;
  }
}

/** Key range of a generation; for 0 with the processes' keys. Strings sort before numbers. */
function rangeOf(generation: number): { start: Deno.KvKey; end: Deno.KvKey } {
  return generation === 0
    ? { start: [""], end: [0] }
    : { start: [generation], end: [generation + 1] };
}
