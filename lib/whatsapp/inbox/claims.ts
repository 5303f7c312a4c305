import { z } from "zod";
import { family } from "../../store/key.ts";
import { phoneKeys } from "../records.ts";
import { AmbiguousWriteError } from "../../store/faults.ts";
import type { Kv } from "../../store/kv.ts";

const TRIES = 5;
/** Mutations of one commit. */
const AT_ONCE = 400;

/** An entry of the ledger, as much as tells of a message that came; a damaged one is passed over here. */
const entry = family<{ turn: string }, [day: string, turn: string]>(
  "ledger",
  z.object({ turn: z.string() }),
);

/**
 * Claims for ever all messages of Twilio's that were ever taken: claims used to
 * end after 30 days, and the ledger has an entry of each message that was paid for.
 */
export async function claimForEver(kv: Kv): Promise<void> {
  const read = (path: Deno.KvKey) => entry(String(path[1]), String(path[2]));
  for await (const rows of kv.pieces(["ledger"], read)) {
    const sids = rows.flatMap(({ value }) =>
      /^((?:SM|MM)[0-9a-f]{32})\.in$/i.exec(value.turn)?.[1] ?? []
    );
    for (let from = 0; from < sids.length; from += AT_ONCE) {
      await claim(kv, sids.slice(from, from + AT_ONCE));
    }
  }
}

/** Written twice it is the same, so an answer that is lost is no reason to end. */
async function claim(kv: Kv, sids: readonly string[]): Promise<void> {
  for (let attempt = 1;; attempt++) {
    try {
      const operation = kv.atomic();
      for (const sid of sids) operation.set(phoneKeys.claimed(sid).path, true);
      await kv.commit(operation);
      return;
    } catch (error) {
      if (!(error instanceof AmbiguousWriteError) || attempt === TRIES) throw error;
    }
  }
}
