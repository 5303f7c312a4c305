import { randomBytes } from "node:crypto";
import {
  beginSession,
  isAlive,
  isTokenOf,
  type SessionRecord,
  useSession,
} from "./rules/admin_session.ts";
import { AppError } from "../platform/errors.ts";
import { describeAgent } from "./rules/user_agent.ts";
import { audit, AUDIT_WEIGHT } from "../audit/log.ts";
import { adminKeys } from "./records.ts";
import type { AdminPassword } from "./password.ts";
import type { Config } from "../config.ts";
import type { Clock } from "../platform/clock.ts";
import type { Admins } from "./stored_admins.ts";
import type { Transactions } from "../store/transactions.ts";

interface Needs {
  store: { admins: Admins; transactions: Transactions };
  config: Config;
  clock: Clock;
}

/** Most sessions per admin; the least recently used is ended. */
const MOST = 20;

/** The signed-in admin of a request. */
export interface AdminSession {
  id: string;
  /** In lower case. */
  email: string;
  /** Anti-forgery token of the session's forms; each page shows it masked differently. */
  csrf: string;
  startedAt: number;
}

/** A session, and the new cookie if the browser must be sent one. */
export interface OpenedSession {
  session: AdminSession;
  cookie: string | null;
}

/** A new session. */
export interface BegunSession extends OpenedSession {
  cookie: string;
}

export interface ListedSession {
  id: string;
  agent: string;
  startedAt: number;
  usedAt: number;
}

interface NewSession {
  email: string;
  userAgent: string | null;
  replaces: string | null;
  /** Failed attempts before this login. */
  failures: number;
}

/**
 * Sessions of the admin area.
 * The cookie holds a session's id and a random token; the store holds the token's hash, bound to
 * the admin password, the start and the last use. A change of the password ends every session.
 */
export class AdminSessions {
  private readonly allowed: ReadonlySet<string>;

  constructor(private readonly deps: Needs, private readonly password: AdminPassword) {
    this.allowed = new Set(deps.config.ALLOWED_ADMIN_EMAILS.map((email) => email.toLowerCase()));
  }

  isAllowed(email: string): boolean {
    return this.allowed.has(email);
  }

  /** Starts a session with a new id and token, against session fixation. */
  async open({ email, userAgent, replaces, failures }: NewSession): Promise<BegunSession> {
    const now = this.deps.clock();
    const id = random(16), token = random(32);
    const agent = describeAgent(userAgent);
    const session = beginSession({
      email,
      csrf: random(32),
      token: await this.password.bound(token),
      agent,
    }, now);
    const surplus = (await this.list(email)).slice(MOST - 1).map((other) => other.id);
    const former = await this.resume(replaces);
    if (former) surplus.push(former.session.id);
    await this.deps.store.transactions.run([], (tx) => {
      tx.set(adminKeys.adminSession(id), session);
      for (const other of surplus) tx.delete(adminKeys.adminSession(other));
      const after = { agent, failedTriesBefore: failures };
      audit(tx, {
        at: now,
        who: email,
        action: "session.start",
        thing: thing(id),
        before: null,
        after,
      });
    }, AUDIT_WEIGHT);
    return { session: shown(id, session), cookie: `${id}.${token}` };
  }

  /**
   * The session of a cookie; null if unknown, forged, ended, or of a former password.
   * @param byItself for a page's automatic request, which does not extend the session
   */
  async resume(
    cookie: string | null,
    { byItself = false } = {},
  ): Promise<OpenedSession | null> {
    const found = await this.find(cookie);
    if (found === null) return null;
    const { id, stored, hash } = found;
    const now = this.deps.clock();
    const successor = random(32);
    const nextHash = await this.password.bound(successor);
    const use = useSession(stored, hash, now, nextHash);
    if (use === null) return null;
    if (byItself || !use.changed) return { session: shown(id, stored), cookie: null };
    const key = adminKeys.adminSession(id);
    // The session may have ended, or been rotated by another request, since the read.
    const noted = await this.deps.store.transactions.run([key], (tx) => {
      const current = tx.get(key);
      const again = current && useSession(current, hash, now, nextHash);
      if (again?.changed) tx.set(key, again.session);
      return again;
    });
    if (!noted) return null;
    return {
      session: shown(id, noted.session),
      cookie: noted.issued ? `${id}.${successor}` : null,
    };
  }

  /** The session of a cookie that has expired; null if it is alive, or never was. */
  async ended(cookie: string | null): Promise<Pick<AdminSession, "email" | "csrf"> | null> {
    const found = await this.find(cookie);
    if (found === null) return null;
    const { stored, hash } = found;
    if (isAlive(stored, this.deps.clock()) || !isTokenOf(stored, hash)) return null;
    return { email: stored.email, csrf: stored.csrf };
  }

  /** The cookie's record, if its admin is still allowed, with the hash of its token. */
  private async find(
    cookie: string | null,
  ): Promise<{ id: string; stored: SessionRecord; hash: string } | null> {
    const [, id, token] = /^([\w-]{22})\.([\w-]{43})$/.exec(cookie ?? "") ?? [];
    if (id === undefined || token === undefined) return null;
    const stored = await this.deps.store.admins.session(id);
    if (stored === null || !this.isAllowed(stored.email)) return null;
    return { id, stored, hash: await this.password.bound(token) };
  }

  /** An admin's sessions, last used first. */
  async list(email: string): Promise<ListedSession[]> {
    const now = this.deps.clock();
    return (await this.deps.store.admins.sessions())
      .filter(({ session }) => session.email === email && isAlive(session, now))
      .map(({ id, session: { agent, startedAt, usedAt } }) => ({ id, agent, startedAt, usedAt }))
      .sort((a, b) => b.usedAt - a.usedAt);
  }

  /**
   * Ends one of an admin's sessions.
   * @throws {AppError} `missing` when the admin has no such session
   */
  async end(email: string, id: string): Promise<void> {
    if (await this.endAll(email, [id]) === 0) {
      throw new AppError("missing", { code: "session.ended" });
    }
  }

  /** Ends all of an admin's sessions. Returns their number. */
  async endEverywhere(email: string): Promise<number> {
    const ids = (await this.list(email)).map(({ id }) => id);
    return await this.endAll(email, ids);
  }

  private endAll(email: string, ids: readonly string[]): Promise<number> {
    const at = this.deps.clock();
    return this.deps.store.transactions.run(ids.map((id) => adminKeys.adminSession(id)), (tx) => {
      const own = ids.filter((id) => tx.get(adminKeys.adminSession(id))?.email === email);
      for (const id of own) {
        const before = { agent: tx.get(adminKeys.adminSession(id))?.agent };
        tx.delete(adminKeys.adminSession(id));
        audit(tx, { at, who: email, action: "session.end", thing: thing(id), before, after: null });
      }
      return own.length;
    }, AUDIT_WEIGHT);
  }
}

function shown(id: string, { email, csrf, startedAt }: SessionRecord): AdminSession {
  return { id, email, csrf, startedAt };
}

/** Audit name of a session, by the beginning of its id. */
function thing(id: string): string {
  return `session:${id.slice(0, 6)}`;
}

function random(bytes: number): string {
  return randomBytes(bytes).toString("base64url");
}
