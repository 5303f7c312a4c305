import { z } from "zod";
import { family } from "../../store/key.ts";
import { phoneKeys } from "../records.ts";
import { AmbiguousWriteError } from "../../store/faults.ts";
import type { Kv } from "../../store/kv.ts";

const MAX_TRIES = 5;
/** Mutations per commit. */
const BATCH_SIZE = 400;

/** Partial schema of ledger entries: damaged ones are skipped. */
const entry = family<{ turn: string }, [day: string, turn: string]>(
  "ledger",
  z.object({ turn: z.string() }),
);

/**
 * Migration: claims the SID of every inbound message in the ledger without expiry.
 * Claims used to expire after 30 days; the ledger has an entry per paid message.
 */
export async function claimForEver(kv: Kv): Promise<void> {
  const read = (path: Deno.KvKey) => entry(String(path[1]), String(path[2]));
  for await (const rows of kv.pieces(["ledger"], read)) {
    const sids = rows.flatMap(({ value }) =>
      /^((?:SM|MM)[0-9a-f]{32})\.in$/i.exec(value.turn)?.[1] ?? []
    );
    for (let from = 0; from < sids.length; from += BATCH_SIZE) {
      await claim(kv, sids.slice(from, from + BATCH_SIZE));
    }
  }
}

/** Idempotent, so ambiguous writes are retried. */
async function claim(kv: Kv, sids: readonly string[]): Promise<void> {
  for (let attempt = 1;; attempt++) {
    try {
      const operation = kv.atomic();
      for (const sid of sids) operation.set(phoneKeys.claimed(sid).path, true);
      await kv.commit(operation);
      return;
    } catch (error) {
      if (!(error instanceof AmbiguousWriteError) || attempt === MAX_TRIES) throw error;
    }
  }
}
