import { z } from "zod";
import { constantTimeEqual } from "../../platform/constant_time.ts";

const MINUTE = 60_000;

/** Idle timeout. */
export const IDLE_MS = 30 * MINUTE;
/** Absolute lifetime after the login. */
export const LONGEST_MS = 12 * 60 * MINUTE;
/** Precision of the recorded last use, which saves writes. */
const NOTED_MS = MINUTE;
/** Age at which a token is rotated. */
const ROTATE_MS = 15 * MINUTE;
/** Grace period of a replaced token, for concurrent requests. */
const GRACE_MS = MINUTE;

/** Time after its last login for which a browser is known. */
export const KNOWN_MS = 180 * 24 * 60 * MINUTE;

/** A browser of earlier sign-ins; failures elsewhere do not count against it. */
export const deviceRecord = z.object({
  /** Hash of the cookie's token. */
  token: z.string(),
  /** Admins who have signed in from it, in lower case. */
  emails: z.array(z.string()),
  usedAt: z.number(),
});

export type DeviceRecord = z.output<typeof deviceRecord>;

/**
 * A session as stored, with hashes of its tokens only.
 * The hashes are keyed by the admin password, so that a change of it ends every session.
 */
export const sessionRecord = z.object({
  email: z.string(),
  /** Anti-forgery token of the session's forms. */
  csrf: z.string(),
  token: z.string(),
  /** Successor of the token, until the browser has used it. */
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

/** Whether a session is neither idle too long nor too old. */
export function isAlive(session: SessionRecord, now: number): boolean {
  return now < session.idleUntil && now < session.endsAt;
}

export interface SessionUse {
  session: SessionRecord;
  /** Whether the record must be written. */
  changed: boolean;
  /** Whether the browser must be sent the new token. */
  issued: boolean;
}

/**
 * The session after a request with a token; null if the token does not open it.
 * Tokens are rotated. The old one is valid until its successor is used, so a lost response signs
 * no admin out, and a stolen token and the owner's cannot both stay valid.
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

/** Whether a token belongs to a session, ended or not. */
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
