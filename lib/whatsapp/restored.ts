import type { Kv } from "../store/kv.ts";
import { commitSafely } from "../store/migrations.ts";
import { phoneKeys } from "./records.ts";

/** States of messages that may still be sent. */
const PENDING = new Set(["waiting", "trying", "unknown"]);

/**
 * Ends what was pending when a backup was made: it was most likely sent or answered since, and
 * nothing may be sent twice. The costs stay booked.
 */
export async function endPending(kv: Kv): Promise<void> {
  const outbox = kv.pieces(
    ["outbox"],
    ([, number, n]) => phoneKeys.outbox(String(number), Number(n)),
  );
  for await (const rows of outbox) {
    for (const { path, value } of rows) {
      if (!PENDING.has(value.state)) continue;
      await commitSafely(
        kv,
        () => kv.atomic().set(path, { ...value, state: "dropped", why: "gaveUp" }),
      );
    }
  }
  const inbox = kv.pieces(
    ["inbox"],
    ([, number, order]) => phoneKeys.inbox(String(number), Number(order)),
  );
  for await (const rows of inbox) await deleteAll(kv, rows);
  const work = kv.pieces(["work"], ([, number]) => phoneKeys.work(String(number)));
  for await (const rows of work) await deleteAll(kv, rows);
}

async function deleteAll(kv: Kv, rows: readonly { path: Deno.KvKey }[]): Promise<void> {
  for (const { path } of rows) await commitSafely(kv, () => kv.atomic().delete(path));
}
