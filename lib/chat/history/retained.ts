import type { Key } from "../../store/key.ts";
import type { Kv } from "../../store/kv.ts";
import type { Tx } from "../../store/transactions.ts";

/** Data of a conversation for the retention walk. */
export interface RetainedConversation {
  visitor: string;
  tool: string;
  conversation: string;
  /** Time of the last activity. */
  usedAt: number;
  running: boolean;
}

/** A row with its own expiry. */
export interface RetainedRow {
  key: Key<unknown>;
  /** When it, or the first of its parts, expires. */
  until: number;
  /** Deletes its expired parts; without it the row is deleted as a whole. */
  shorten?(tx: Tx, now: number): void;
}

/** The subject of a record in the retention walk. */
export type Kept = { conversation: RetainedConversation } | { row: RetainedRow };

/** One family of records for the retention walk. */
export interface RetainedFamily {
  readonly name: string;
  /** The records of a selector, and the key path of the last; undefined when there are none. */
  list(
    kv: Kv,
    selector: Deno.KvListSelector,
    limit: number,
  ): Promise<{ kept: Kept[]; last: Deno.KvKey | undefined }>;
}

/** `parts` is the key without the family's name. */
export function retainedFamily<T>(
  name: string,
  keyOf: (...parts: string[]) => Key<T>,
  keep: (value: T, key: Key<T>, parts: readonly string[]) => Kept,
): RetainedFamily {
  const partsOf = (path: Deno.KvKey) => path.slice(1).map(String);
  return {
    name,
    list: async (kv, selector, limit) => {
      const found = await kv.list(selector, (path) => keyOf(...partsOf(path)), { limit });
      const kept = found.map(({ path, value }) => {
        const parts = partsOf(path);
        return keep(value, keyOf(...parts), parts);
      });
      return { kept, last: found.at(-1)?.path };
    },
  };
}
