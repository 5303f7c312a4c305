import { SIGNED_OUT } from "../../locales/admin/settings.ts";
import { KNOWN_MS } from "../../admin/rules/admin_session.ts";
import type { AdminSession } from "../../admin/sessions.ts";
import { AppError } from "../../platform/errors.ts";
import type { State } from "../define.ts";
import type { Problem } from "../errors.ts";
import { cookieValue } from "../session.ts";

/*
 * Browsers bind a `__Host-` cookie to this very host, but take it over https
 * only. Lax, not Strict: who follows a link to the area from a mail is signed
 * in; posts from other sites bring no cookie all the same, and no token.
 */
const SECURE_NAME = "__Host-admin";
const PLAIN_NAME = "admin";
const ATTRIBUTES = "Path=/; HttpOnly; SameSite=Lax";
/** The same for the cookie by which a browser is known after a login. */
const SECURE_DEVICE = "__Host-admin-device";
const PLAIN_DEVICE = "admin-device";
const DEVICE_ATTRIBUTES = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${KNOWN_MS / 1_000}`;

type Secure = Pick<State, "secure">;

/** What a request's cookie for the admin area says, if there is one. */
export function adminCookie(request: Request, { secure }: Secure): string | null {
  return cookieValue(request.headers.get("cookie"), secure ? SECURE_NAME : PLAIN_NAME);
}

/** A Set-Cookie that lasts as long as the browser is open; the server ends the session sooner. */
export function setAdminCookie(value: string, { secure }: Secure): string {
  return secure
    ? `${SECURE_NAME}=${value}; ${ATTRIBUTES}; Secure`
    : `${PLAIN_NAME}=${value}; ${ATTRIBUTES}`;
}

/** A Set-Cookie that makes the browser forget it. */
export function clearAdminCookie(state: Secure): string {
  return `${setAdminCookie("", state)}; Max-Age=0`;
}

/** By what a request's browser is known since an earlier login, if it is. */
export function deviceCookie(request: Request, { secure }: Secure): string | null {
  return cookieValue(request.headers.get("cookie"), secure ? SECURE_DEVICE : PLAIN_DEVICE);
}

/** A Set-Cookie by which the browser is known at later logins. It opens nothing. */
export function setDeviceCookie(value: string, { secure }: Secure): string {
  return secure
    ? `${SECURE_DEVICE}=${value}; ${DEVICE_ATTRIBUTES}; Secure`
    : `${PLAIN_DEVICE}=${value}; ${DEVICE_ATTRIBUTES}`;
}

/**
 * Who is signed in.
 * @throws {AppError} `denied` when nobody is: the route lies outside of what the gate guards.
 */
export function adminOf(state: Pick<State, "admin">): AdminSession {
  if (state.admin === null) throw new AppError("denied", { code: "admin.signed_out" });
  return state.admin;
}

/** For a script whose session has ended. */
export function signedOutProblem(): Response {
  const problem: Problem = {
    type: "/problems/signed-out",
    status: 401,
    ...SIGNED_OUT,
    retryable: false,
  };
  return Response.json(problem, {
    status: problem.status,
    headers: { "content-type": "application/problem+json" },
  });
}

/** Where to go after the login: a page of this area, never another host's. */
export function nextPage(wanted: string | null): string {
  const next = wanted ?? "";
  const inArea = /^\/admin(\/[\w./-]*)?(\?[\w=&%.+:@-]*)?$/.test(next);
  // Dot segments lead out of it again.
  return inArea && !/\/\.\.?(\/|\?|$)/.test(next) ? next : "/admin";
}
