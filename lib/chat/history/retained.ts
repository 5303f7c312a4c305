import type { Key } from "../../store/key.ts";
import type { Kv } from "../../store/kv.ts";

/** A conversation as the retention walk looks at it. */
export interface RetainedConversation {
  visitor: string;
  tool: string;
  conversation: string;
  /** When somebody last went on with it. */
  usedAt: number;
  running: boolean;
}

/** A row that is kept for a time of its own, until when. */
export interface RetainedRow {
  key: Key<unknown>;
  until: number;
}

/** What a record stands for in the retention walk. */
export type Kept = { conversation: RetainedConversation } | { row: RetainedRow };

/** Records of one family that the retention walk goes through. */
export interface RetainedFamily {
  readonly name: string;
  /** The records that a selector finds, and the path of the last; undefined where it finds none. */
  list(
    kv: Kv,
    selector: Deno.KvListSelector,
    limit: number,
  ): Promise<{ kept: Kept[]; last: Deno.KvKey | undefined }>;
}

/** `parts` are those of the key, without the family's name. */
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
