import { recordPath } from "../generations.ts";
import { lifetimeOf } from "../key.ts";
import { keyAfter, type Kv } from "../kv.ts";
import { PROCESS_FAMILIES } from "../records.ts";
import { commitSafely } from "../migrations.ts";

/** A record as it is stored, without its generation and its schema. */
export interface RawRecord {
  path: Deno.KvKey;
  value: unknown;
}

/** Entries in memory at once. */
const PIECE = 500;
/** One commit takes 1,000 mutations, 800 KiB and 80 KiB of keys, each of up to 2 KiB. */
const MUTATIONS = 800;
const COMMIT_BYTES = 600_000;
const KEY_BYTES = 60_000;

/** How many of these keys, from the first on, one commit takes; at least one. */
export function fittingKeys(keys: readonly Deno.KvKey[]): number {
  let bytes = 0;
  const end = keys.findIndex((key) => {
    for (const part of key) bytes += 3 * String(part).length + 12;
    return bytes > KEY_BYTES;
  });
  return end < 0 ? keys.length : Math.max(1, end);
}

/** Key range of a generation; for 0 with the processes' keys. Strings sort before numbers. */
export function rangeOf(generation: number): { start: Deno.KvKey; end: Deno.KvKey } {
  return generation === 0
    ? { start: [""], end: [0] }
    : { start: [generation], end: [generation + 1] };
}

/** All records of a generation but those of processes, in the order of their keys, in batches. */
export async function* rawRecords(kv: Kv, generation: number): AsyncGenerator<RawRecord[]> {
  let { start, end } = rangeOf(generation);
  for (;;) {
    const found = await kv.stored({ start, end }, PIECE);
    yield found.map(({ key, value }) => ({ path: recordPath(key), value }))
      .filter(({ path: [family = ""] }) => !PROCESS_FAMILIES.has(family));
    const last = found.at(-1);
    if (found.length < PIECE || !last) return;
    start = keyAfter(last.key);
  }
}

/**
 * Writes records into a generation that is not current. A record whose family has a lifetime ends
 * at the time that it names itself, else after the lifetime from now on; one that has ended is left
 * out. Returns those that were written.
 */
export async function putRecords(
  kv: Kv,
  generation: number,
  records: readonly (RawRecord & { bytes: number })[],
  now: number,
): Promise<RawRecord[]> {
  const there = kv.at(generation);
  const living = records.flatMap((record) => {
    const expireIn = lifeLeft(record, now);
    return expireIn !== undefined && expireIn <= 0 ? [] : [{ ...record, expireIn }];
  });
  for (let from = 0; from < living.length;) {
    let bytes = 0;
    const rest = living.slice(from, from + MUTATIONS);
    const full = rest.findIndex((record) => (bytes += record.bytes) > COMMIT_BYTES);
    const most = fittingKeys(rest.map(({ path }) => path));
    const fitting = rest.slice(0, Math.min(most, full < 0 ? rest.length : Math.max(1, full)));
    await commitSafely(there, () => {
      const operation = there.atomic();
      for (const { path, value, expireIn } of fitting) operation.set(path, value, { expireIn });
      return operation;
    });
    from += fitting.length;
  }
  return living;
}

function lifeLeft({ path: [family], value }: RawRecord, now: number): number | undefined {
  const lifetime = typeof family === "string" ? lifetimeOf(family) : undefined;
  if (lifetime === undefined || typeof value !== "object" || value === null) return lifetime;
  const { expiresAt, until }: { expiresAt?: unknown; until?: unknown } = value;
  const end = expiresAt ?? until;
  return typeof end === "number" ? Math.min(lifetime, end - now) : lifetime;
}
