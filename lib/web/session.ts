import { createHash, randomBytes } from "node:crypto";
import { BoundedMap } from "../shared/bounded_map.ts";
import { timePrefix } from "../shared/time_prefix.ts";

/** A visitor: nothing but a random token in a cookie, known here by its time and its hash. */
export interface Visitor {
  id: string;
  /** The cookie to set, when the request brought none. */
  setCookie: string | null;
}

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const REMEMBERED = 5_000;

/**
 * Names of the session cookie: browsers bind a `__Host-` cookie to this very
 * host, but take it over https only.
 */
const SECURE_NAME = "__Host-visitor";
const PLAIN_NAME = "visitor";

const ids = new BoundedMap<string, string>(REMEMBERED);

/** 256 random bits in base64url, after the time in base 36 at which they were made, if it is known. */
const TOKEN = /^([0-9a-z]{9})?[\w-]{43}$/;

/** Reads the visitor from a request's cookies, or makes a new one. */
export function visitorOf(cookies: string | null, secure: boolean, clock: () => number): Visitor {
  const name = secure ? SECURE_NAME : PLAIN_NAME;
  const token = cookieValue(cookies, name);
  if (token !== null && TOKEN.test(token)) return { id: idOf(token), setCookie: null };
  const fresh = newToken(clock());
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${YEAR_SECONDS}`;
  return {
    id: idOf(fresh),
    setCookie: `${name}=${fresh}; ${attributes}${secure ? "; Secure" : ""}`,
  };
}

/** A token that cannot be guessed. */
function newToken(now: number): string {
  return timePrefix(now) + randomBytes(32).toString("base64url");
}

/**
 * The store never sees the token itself, so what it holds opens no conversation. The id begins with
 * the token's time: visitors who come together stand together in the store, whose commits touch
 * fewer of its pages for that.
 */
function idOf(token: string): string {
  let id = ids.get(token);
  if (id === undefined) {
    const time = TOKEN.exec(token)?.[1] ?? "";
    id = time + createHash("sha256").update(token).digest("base64url");
    ids.set(token, id);
  }
  return id;
}

/** The value of a cookie in a request's header. */
export function cookieValue(cookies: string | null, name: string): string | null {
  for (const pair of cookies?.split(";") ?? []) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
