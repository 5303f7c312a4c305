import { z } from "zod";
import { constantTimeEqual } from "../../platform/constant_time.ts";

const MINUTE = 60_000;

/** A session ends when it was not used for so long. */
export const IDLE_MS = 30 * MINUTE;
/** A session ends so long after the login, used or not. */
export const LONGEST_MS = 12 * 60 * MINUTE;
/** How old the noted last use may be: not every request is written down. */
const NOTED_MS = MINUTE;
/** How long a token is good before the browser gets another one. */
const ROTATE_MS = 15 * MINUTE;
/** How long a replaced token still counts: requests under way carry it. */
const GRACE_MS = MINUTE;

/** How long after its last login a browser is known. */
export const KNOWN_MS = 180 * 24 * 60 * MINUTE;

/** A browser from which somebody signed in: what strangers do elsewhere does not count against it. */
export const deviceRecord = z.object({
  /** The hash of what its cookie holds. */
  token: z.string(),
  /** Whose sign-ins it has seen, in lower case. */
  emails: z.array(z.string()),
  usedAt: z.number(),
});

export type DeviceRecord = z.output<typeof deviceRecord>;

/**
 * A login as stored. Tokens are there by their hashes only, so what the store
 * holds opens nothing. The hashes are made with a key of the admin password's:
 * with another password no session opens.
 */
export const sessionRecord = z.object({
  email: z.string(),
  /** What this session's forms carry. */
  csrf: z.string(),
  token: z.string(),
  /** The token's successor, until the browser has shown that it got it. */
  next: z.string().nullable(),
  old: z.string().nullable(),
  oldUntil: z.number(),
  /** Browser and system in a few words. */
  agent: z.string(),
  startedAt: z.number(),
  usedAt: z.number(),
  rotatedAt: z.number(),
  idleUntil: z.number(),
  endsAt: z.number(),
});

export type SessionRecord = z.output<typeof sessionRecord>;

/** A session at its login. */
export function beginSession(
  about: Pick<SessionRecord, "email" | "csrf" | "token" | "agent">,
  now: number,
): SessionRecord {
  return {
    ...about,
    next: null,
    old: null,
    oldUntil: 0,
    startedAt: now,
    usedAt: now,
    rotatedAt: now,
    idleUntil: now + IDLE_MS,
    endsAt: now + LONGEST_MS,
  };
}

/** Whether a session has not come to either of its ends. */
export function isAlive(session: SessionRecord, now: number): boolean {
  return now < session.idleUntil && now < session.endsAt;
}

export interface SessionUse {
  session: SessionRecord;
  /** Whether the record must be written. */
  changed: boolean;
  /** Whether the browser must be given the new token. */
  issued: boolean;
}

/**
 * What becomes of a session when a request brings a token; null when it opens
 * nothing. Now and then the token gets a successor. The old one is good until
 * the successor is seen, so an answer that is lost signs nobody out, and a
 * stolen token and its owner's cannot both live on.
 */
export function useSession(
  session: SessionRecord,
  tokenHash: string,
  now: number,
  nextHash: string,
): SessionUse | null {
  if (!isAlive(session, now)) return null;
  if (session.next !== null && constantTimeEqual(tokenHash, session.next)) {
    return { session: used(promoted(session, now), now), changed: true, issued: false };
  }
  if (constantTimeEqual(tokenHash, session.token)) {
    if (now - session.rotatedAt >= ROTATE_MS) {
      const rotated = { ...used(session, now), next: nextHash, rotatedAt: now };
      return { session: rotated, changed: true, issued: true };
    }
    const changed = now - session.usedAt >= NOTED_MS;
    return { session: changed ? used(session, now) : session, changed, issued: false };
  }
  const graced = session.old !== null && now < session.oldUntil &&
    constantTimeEqual(tokenHash, session.old);
  return graced ? { session, changed: false, issued: false } : null;
}

/** Whether a token is one of a session's, ended or not. */
export function isTokenOf(session: SessionRecord, tokenHash: string): boolean {
  return constantTimeEqual(tokenHash, session.token) ||
    (session.next !== null && constantTimeEqual(tokenHash, session.next));
}

function promoted(session: SessionRecord, now: number): SessionRecord {
  const token = session.next ?? session.token;
  return { ...session, token, next: null, old: session.token, oldUntil: now + GRACE_MS };
}

function used(session: SessionRecord, now: number): SessionRecord {
  return { ...session, usedAt: now, idleUntil: now + IDLE_MS };
}
