import { createHash } from "node:crypto";
import { maskedSource } from "./rules/mask.ts";
import { limitKeys, type RefusedDay } from "./records.ts";
import { Counts } from "../platform/counts.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions } from "../store/transactions.ts";

/** Sources counted one by one for a day and limit; further ones are counted together. */
const SOURCES = 100;
/** Most bytes of a day's record. */
const WEIGHT = 20_000;
/** Most days and limits buffered at once; further refusals are dropped. */
const MOST_BUFFERED = 40;

export interface LimitRefusal {
  day: string;
  kind: string;
  /** The counted source, in full; only a mask of it is stored. */
  source: string;
  at: number;
}

/**
 * Refused sources by day and limit.
 * Buffered in memory and written every other second, one record for each day and limit, so that ten
 * thousand refusals cost one write.
 */
export class Refusals {
  /** Refused requests of this process by `limit`, those of budgets included. */
  readonly counts = new Counts(["limit"], 30);
  private readonly buffered = new Map<string, { day: string; kind: string; found: RefusedDay }>();

  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  /** Buffers a refusal for the next flush. */
  note({ day, kind, source, at }: LimitRefusal): void {
    this.counts.add([kind]);
    const id = `${day}\0${kind}`;
    let group = this.buffered.get(id);
    if (!group) {
      if (this.buffered.size >= MOST_BUFFERED) return;
      this.buffered.set(id, group = { day, kind, found: { others: 0, sources: {} } });
    }
    add(group.found, sourceId(kind, source), {
      masked: maskedSource(source),
      count: 1,
      lastAt: at,
      freedAt: 0,
    });
  }

  /** Writes the buffered refusals. */
  async flush(): Promise<void> {
    const groups = [...this.buffered.values()];
    this.buffered.clear();
    for (const { day, kind, found } of groups) {
      const key = limitKeys.refused(day, kind);
      await this.transactions.run([key], (tx) => {
        const before = tx.get(key);
        const total: RefusedDay = {
          others: (before?.others ?? 0) + found.others,
          sources: { ...before?.sources },
        };
        for (const [id, source] of Object.entries(found.sources)) add(total, id, source);
        tx.set(key, total);
      }, WEIGHT);
    }
  }

  /** Refusals from a day on, one record for each day and limit. */
  async ofDays(from: string): Promise<{ day: string; kind: string; refused: RefusedDay }[]> {
    const rows = await this.kv.list(
      { prefix: ["refused"], start: ["refused", from] },
      (path) => limitKeys.refused(String(path[1]), String(path[2])),
    );
    return rows.map(({ path, value }) => ({
      day: String(path[1]),
      kind: String(path[2]),
      refused: value,
    }));
  }

  /** The source that a limit counts at present under an id, in full; null for none. */
  async counted(kind: string, id: string): Promise<string | null> {
    const rows = this.kv.pieces(["limit", kind], (path) => limitKeys.limit(kind, String(path[2])));
    for await (const piece of rows) {
      const found = piece.find(({ path }) => sourceId(kind, String(path[2])) === id);
      if (found) return String(found.path[2]);
    }
    return null;
  }
}

/** Id of a source that does not reveal it. */
function sourceId(kind: string, source: string): string {
  return createHash("sha256").update(`${kind}\0${source}`).digest("base64url").slice(0, 16);
}

function add(total: RefusedDay, id: string, source: RefusedDay["sources"][string]): void {
  const known = total.sources[id];
  if (known) {
    total.sources[id] = {
      ...known,
      count: known.count + source.count,
      lastAt: Math.max(known.lastAt, source.lastAt),
    };
  } else if (Object.keys(total.sources).length < SOURCES) total.sources[id] = source;
  else total.others += source.count;
}
