import { createHash, createHmac, randomBytes } from "node:crypto";
import { constantTimeEqual } from "../platform/constant_time.ts";
import { timePrefix } from "../shared/time_prefix.ts";

/** A visitor: a random token in a cookie, known here by its time and its hash. */
export interface Visitor {
  id: string;
  /** The cookie to set, when the request had none, or one of the older form. */
  setCookie: string | null;
  /** Whether the token was made for this request. */
  isNew: boolean;
}

export interface Claim {
  visitor: Visitor;
  /** Whether the signature is valid; cookies without one count only for visitors in the store. */
  proven: boolean;
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Names of the session cookie: browsers accept a host-bound `__Host-` cookie over https only. */
const SECURE_NAME = "__Host-visitor";
const PLAIN_NAME = "visitor";

/**
 * A time in base 36 (not in older cookies), 256 random bits in base64url, and the first 128 bits of
 * their HMAC, which prevents made-up visitors and forged cookies.
 */
const COOKIE = /^((?:[0-9a-z]{9})?[\w-]{43})(?:\.([\w-]{22}))?$/;
const TIME = 9;
const TOKEN_WITH_TIME = TIME + 43;

/** Reads visitors from cookies and makes new ones. */
export class VisitorCookies {
  private readonly key: Uint8Array;

  /** @param secret shared by all processes on a store */
  constructor(secret: string, private readonly clock: () => number) {
    this.key = createHmac("sha256", secret).update("visitor cookies").digest();
  }

  /** The visitor in a request's cookie, if it has a valid form. */
  read(cookies: string | null, secure: boolean): Claim | null {
    let former: Claim | null = null;
    // Another program on this machine may set a cookie of the same name: cookies ignore ports.
    for (const value of cookieValues(cookies, secure ? SECURE_NAME : PLAIN_NAME)) {
      const found = this.claimOf(value, secure);
      if (found?.proven) return found;
      former ??= found;
    }
    return former;
  }

  private claimOf(value: string, secure: boolean): Claim | null {
    const [, token, mac] = COOKIE.exec(value) ?? [];
    if (token === undefined) return null;
    const id = idOf(token);
    if (mac === undefined) return claim(id, this.cookie(token, secure), false);
    return constantTimeEqual(mac, this.macOf(token)) ? claim(id, null, true) : null;
  }

  /** A new visitor with a random token. */
  fresh(secure: boolean): Visitor {
    const token = timePrefix(this.clock()) + randomBytes(32).toString("base64url");
    return { id: idOf(token), setCookie: this.cookie(token, secure), isNew: true };
  }

  /** A cookie that ends the browser's own. */
  ended(secure: boolean): string {
    const name = secure ? SECURE_NAME : PLAIN_NAME;
    return `${name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${secure ? "; Secure" : ""}`;
  }

  private cookie(token: string, secure: boolean): string {
    const name = secure ? SECURE_NAME : PLAIN_NAME;
    const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${YEAR_SECONDS}`;
    return `${name}=${token}.${this.macOf(token)}; ${attributes}${secure ? "; Secure" : ""}`;
  }

  private macOf(token: string): string {
    return createHmac("sha256", this.key).update(token).digest().subarray(0, 16)
      .toString("base64url");
  }
}

function claim(id: string, setCookie: string | null, proven: boolean): Claim {
  return { visitor: { id, setCookie, isNew: false }, proven };
}

/**
 * The store never holds the token, so its records open no conversation. The id begins with the
 * token's time: visitors of the same time are adjacent in the store, whose commits then touch fewer
 * pages.
 */
function idOf(token: string): string {
  const time = token.length === TOKEN_WITH_TIME ? token.slice(0, TIME) : "";
  return time + createHash("sha256").update(token).digest("base64url");
}

/** The value of a cookie in a header; of several, the first. */
export function cookieValue(cookies: string | null, name: string): string | null {
  const { value } = cookieValues(cookies, name).next();
  return value ?? null;
}

function* cookieValues(cookies: string | null, name: string): Generator<string, undefined> {
  for (const pair of cookies?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) yield pair.slice(at + 1).trim();
  }
}
