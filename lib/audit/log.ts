import { sidesOf } from "./rules/changes.ts";
import { type AuditEntry, auditKeys } from "./records.ts";
import type { Kv } from "../store/kv.ts";
import type { Tx } from "../store/transactions.ts";

/** Weight of an entry in a transaction, in bytes. */
export const AUDIT_WEIGHT = 50_000;
/** Entries per read of a search. */
const PIECE = 200;
/** Most entries read for a page; the next page continues from there. */
const LONGEST_SEARCH = 4_000;

/** An admin's action; `before` and `after` are the changed object. */
export interface AuditAction {
  at: number;
  /** The admin's e-mail address. */
  who: string;
  /** `area.verb`, such as `tool.change`. */
  action: string;
  /** `kind:id`, such as `tool:maths-tutor`. */
  thing: string;
  before: unknown;
  after: unknown;
}

/**
 * Adds an entry in the transaction of the change, so that both commit or neither.
 * Entries are append-only.
 */
export function audit(tx: Tx, { before, after, ...action }: AuditAction): void {
  const id = crypto.randomUUID().slice(0, 13);
  tx.set(auditKeys.audit(action.at, id), { ...action, ...sidesOf(before, after) });
}

/** A position in the log; the next page begins before it. */
export interface AuditPlace {
  at: number;
  id: string;
}

export interface AuditSearch {
  /** Milliseconds since 1970, inclusive. */
  from: number;
  /** Exclusive. */
  until: number;
  fits(entry: AuditEntry): boolean;
  limit: number;
  before: AuditPlace | null;
}

export interface AuditFound {
  entries: (AuditEntry & { id: string })[];
  /** Position to continue at, or null at the end. */
  next: AuditPlace | null;
}

/** The log of actions in the admin area. */
export class AuditLog {
  constructor(private readonly kv: Kv) {}

  /** Matching entries, newest first, up to `limit` or the end of a long search. */
  async find({ from, until, fits, limit, before }: AuditSearch): Promise<AuditFound> {
    const start: Deno.KvKey = ["audit", from];
    let end: Deno.KvKey = before ? ["audit", before.at, before.id] : ["audit", until];
    const entries: AuditFound["entries"] = [];
    for (let looked = 0; looked < LONGEST_SEARCH; looked += PIECE) {
      const rows = await this.kv.list(
        { start, end },
        (path) => auditKeys.audit(Number(path[1]), String(path[2])),
        { limit: PIECE, reverse: true },
      );
      for (const { path, value } of rows) {
        const id = String(path[2]);
        if (!fits(value)) continue;
        entries.push({ ...value, id });
        if (entries.length === limit) return { entries, next: { at: value.at, id } };
      }
      const last = rows.at(-1);
      if (!last) return { entries, next: null };
      end = last.path;
    }
    return { entries, next: { at: Number(end[1]), id: String(end[2]) } };
  }
}
