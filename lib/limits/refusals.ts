import { createHash } from "node:crypto";
import { maskedSource } from "./rules/mask.ts";
import { limitKeys, type RefusedDay } from "./records.ts";
import type { Kv } from "../store/kv.ts";
import type { Transactions } from "../store/transactions.ts";

/** Sources that are told apart in a day of a limit; more than these are counted together. */
const SOURCES = 100;
/** Bytes of a day's record, at most. */
const WEIGHT = 20_000;
/** Days and limits that are gathered at once, at most: what comes beyond waits for nobody. */
const GATHERED = 40;

/** Somebody was refused by a limit. */
export interface LimitRefusal {
  day: string;
  kind: string;
  /** Whom the limit counts, in full; only a mask of it is kept. */
  source: string;
  at: number;
}

/**
 * Who hit which limit. Gathered in memory and written every other second, one
 * record for each day and limit, so that ten thousand refusals cost no more
 * than one.
 */
export class Refusals {
  private readonly gathered = new Map<string, { day: string; kind: string; found: RefusedDay }>();

  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  /** Notes a refusal; it is written with the next flush. */
  note({ day, kind, source, at }: LimitRefusal): void {
    const place = `${day}\0${kind}`;
    let group = this.gathered.get(place);
    if (!group) {
      if (this.gathered.size >= GATHERED) return;
      this.gathered.set(place, group = { day, kind, found: { others: 0, sources: {} } });
    }
    add(group.found, sourceId(kind, source), {
      masked: maskedSource(source),
      count: 1,
      lastAt: at,
      freedAt: 0,
    });
  }

  /** Writes down what was gathered. */
  async flush(): Promise<void> {
    const groups = [...this.gathered.values()];
    this.gathered.clear();
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

  /** What was refused on some days, a record for each limit. */
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

  /** Whom a limit counts right now under an id, in full; null when nobody. */
  async counted(kind: string, id: string): Promise<string | null> {
    const rows = this.kv.pieces(["limit", kind], (path) => limitKeys.limit(kind, String(path[2])));
    for await (const piece of rows) {
      const found = piece.find(({ path }) => sourceId(kind, String(path[2])) === id);
      if (found) return String(found.path[2]);
    }
    return null;
  }
}

/** Names a source without saying it. */
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
