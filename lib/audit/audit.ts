import { changesOf } from "./rules/changes.ts";
import type { AuditView } from "../shared/views/admin_view.ts";
import type { AuditLog, AuditPlace } from "./log.ts";
import type { AuditEntry } from "./records.ts";
import type { Calendar } from "../platform/calendar.ts";
import { isDay } from "../settings/rules/form_values.ts";

interface Needs {
  store: { audit: AuditLog };
  calendar: Calendar;
}

const PAGE = 50;
/** Range of times in the store. */
const FIRST = 0, LAST = Date.UTC(9999, 11, 31);

/** Filter; an empty text matches everything. */
export interface AuditFilter {
  /** Prefix of the action: `tool` matches `tool.change`. */
  action: string;
  /** Part of the admin's e-mail address. */
  who: string;
  /** Part of the object's name. */
  thing: string;
  /** Days as `YYYY-MM-DD`, both inclusive, in the organisation's time zone. */
  from: string;
  to: string;
}

export interface AuditResults {
  entries: AuditView[];
  /** Cursor of the next page, or null at the end. */
  next: string | null;
}

/** Pages of the audit log, for reading; `audit()` writes it in each change's own transaction. */
export class Audit {
  constructor(private readonly deps: Needs) {}

  /** A page of matching entries, newest first. */
  async list(filter: AuditFilter, cursor: string): Promise<AuditResults> {
    const { calendar, store } = this.deps;
    const from = isDay(filter.from) ? calendar.startOf(filter.from) : FIRST;
    const until = isDay(filter.to) ? calendar.endOfDay(calendar.startOf(filter.to)) : LAST;
    const before = parseCursor(cursor);
    const { entries, next } = await store.audit.find({
      from,
      until,
      fits: (entry) => fits(entry, filter),
      limit: PAGE,
      before: before !== null && before.at < until ? before : null,
    });
    return {
      entries: entries.map(({ id, at, who, action, thing, ...sides }) => ({
        id: `${at}.${id}`,
        at,
        who,
        action,
        thing,
        changes: changesOf(sides),
      })),
      next: next && `${next.at}.${next.id}`,
    };
  }
}

function fits(entry: AuditEntry, { action, who, thing }: AuditFilter): boolean {
  return entry.action.startsWith(action) && contains(entry.who, who) &&
    contains(entry.thing, thing);
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

function parseCursor(cursor: string): AuditPlace | null {
  const [, at, id] = /^(\d{1,15})\.([\w-]{1,40})$/.exec(cursor) ?? [];
  return at === undefined || id === undefined ? null : { at: Number(at), id };
}
