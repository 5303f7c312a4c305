import { AppError } from "../../platform/errors.ts";
import { AmbiguousWriteError } from "../faults.ts";
import { fittingKeys, rangeOf } from "./generation_records.ts";
import { SWITCH_KEY } from "../generations.ts";
import { keyAfter, type Kv } from "../kv.ts";
import { PROCESS_FAMILIES } from "../records.ts";

/** One commit takes 1,000 mutations. */
const DELETED_AT_ONCE = 500;

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
    const stored = await kv.stored({ start, end }, DELETED_AT_ONCE);
    const found = stored.slice(0, fittingKeys(stored.map(({ key }) => key)));
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

/** Whether the commit is certain. */
async function tried(kv: Kv, operation: ReturnType<Kv["atomic"]>): Promise<boolean> {
  try {
    return await kv.commit(operation) !== null;
  } catch (error) {
    if (!(error instanceof AmbiguousWriteError)) throw error;
    return false;
  }
}
