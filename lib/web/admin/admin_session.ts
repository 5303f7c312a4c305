import { SIGNED_OUT } from "../../locales/admin/settings.ts";
import { KNOWN_MS } from "../../admin/rules/admin_session.ts";
import type { AdminSession } from "../../admin/sessions.ts";
import { AppError } from "../../platform/errors.ts";
import type { State } from "../define.ts";
import type { Problem } from "../errors.ts";
import { cookieValue } from "../session.ts";

/*
 * Browsers bind a `__Host-` cookie to this exact host, but accept it over https only. Lax, not
 * Strict, so that links from mails open signed in; posts from other sites still have no cookie.
 */
const SECURE_NAME = "__Host-admin";
const PLAIN_NAME = "admin";
const ATTRIBUTES = "Path=/; HttpOnly; SameSite=Lax";
/** The same for the cookie of a browser known since a login. */
const SECURE_DEVICE = "__Host-admin-device";
const PLAIN_DEVICE = "admin-device";
const DEVICE_ATTRIBUTES = `Path=/; HttpOnly; SameSite=Strict; Max-Age=${KNOWN_MS / 1_000}`;

type Secure = Pick<State, "secure">;

export function adminCookie(request: Request, { secure }: Secure): string | null {
  return cookieValue(request.headers.get("cookie"), secure ? SECURE_NAME : PLAIN_NAME);
}

/** A Set-Cookie for the browser's session; the server ends the admin's session sooner. */
export function setAdminCookie(value: string, { secure }: Secure): string {
  return secure
    ? `${SECURE_NAME}=${value}; ${ATTRIBUTES}; Secure`
    : `${PLAIN_NAME}=${value}; ${ATTRIBUTES}`;
}

/** A Set-Cookie that deletes it. */
export function clearAdminCookie(state: Secure): string {
  return `${setAdminCookie("", state)}; Max-Age=0`;
}

/** The cookie of a browser known since an earlier login, if any. */
export function deviceCookie(request: Request, { secure }: Secure): string | null {
  return cookieValue(request.headers.get("cookie"), secure ? SECURE_DEVICE : PLAIN_DEVICE);
}

/** A Set-Cookie that identifies the browser at later logins. It grants no access. */
export function setDeviceCookie(value: string, { secure }: Secure): string {
  return secure
    ? `${SECURE_DEVICE}=${value}; ${DEVICE_ATTRIBUTES}; Secure`
    : `${PLAIN_DEVICE}=${value}; ${DEVICE_ATTRIBUTES}`;
}

/**
 * The admin session of a request.
 * @throws {AppError} `denied` without one: the route is not behind the login.
 */
export function adminOf(state: Pick<State, "admin">): AdminSession {
  if (state.admin === null) throw new AppError("denied", { code: "admin.signed_out" });
  return state.admin;
}

/** The answer to a script whose session has ended. */
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

/** The page to open after the login, within the admin area only. */
export function nextPage(wanted: string | null): string {
  const next = wanted ?? "";
  const inArea = /^\/admin(\/[\w./-]*)?(\?[\w=&%.+:@-]*)?$/.test(next);
  // Dot segments could lead out of it.
  return inArea && !/\/\.\.?(\/|\?|$)/.test(next) ? next : "/admin";
}
