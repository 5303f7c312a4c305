import { changesOf } from "./rules/changes.ts";
import type { AuditView } from "../shared/views/admin_view.ts";
import type { AuditLog, AuditPlace } from "./log.ts";
import type { AuditEntry } from "./records.ts";
import type { Calendar } from "../platform/calendar.ts";

interface Needs {
  store: { audit: AuditLog };
  calendar: Calendar;
}

const PAGE = 50;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** The days that the store's times reach. */
const FIRST = 0, LAST = Date.UTC(9999, 11, 31);

/** What to look for; an empty text leaves it open. */
export interface AuditFilter {
  /** The beginning of an action's name: `tool` finds `tool.change`. */
  action: string;
  /** Part of a person's e-mail address. */
  who: string;
  /** Part of what it was done to. */
  thing: string;
  /** Days as `YYYY-MM-DD`, both included, in the organisation's time zone. */
  from: string;
  to: string;
}

export interface AuditResults {
  entries: AuditView[];
  /** For the link to the page after it, or null at the end. */
  next: string | null;
}

/** The audit log as it is read; it is written by `audit()` in each change's own transaction. */
export class Audit {
  constructor(private readonly deps: Needs) {}

  /** A page of what fits, the newest first. */
  async list(filter: AuditFilter, cursor: string): Promise<AuditResults> {
    const { calendar, store } = this.deps;
    const from = isDay(filter.from) ? calendar.startOf(filter.from) : FIRST;
    const until = isDay(filter.to) ? calendar.endOfDay(calendar.startOf(filter.to)) : LAST;
    const before = placeOf(cursor);
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

function isDay(text: string): boolean {
  return DAY.test(text) && Number.isFinite(Date.parse(`${text}T00:00:00Z`));
}

function placeOf(cursor: string): AuditPlace | null {
  const [, at, id] = /^(\d{1,15})\.([\w-]{1,40})$/.exec(cursor) ?? [];
  return at === undefined || id === undefined ? null : { at: Number(at), id };
}
