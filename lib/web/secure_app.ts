import { App, type FreshConfig } from "fresh";
import type { Reader } from "../locales/coded.ts";
import { AppError } from "../platform/errors.ts";
import type { Log } from "../platform/log.ts";
import { rewriteLegacyAddress } from "./edge/addresses.ts";
import { allowedOf } from "./edge/allowed_methods.ts";
import type { State } from "./define.ts";
import { problemResponse } from "./errors.ts";
import type { HostVerdict } from "./edge/hosts.ts";
import { NO_POLICY, PAGE_POLICY, PICTURE_POLICY, strictPolicy } from "./edge/policy.ts";
import { setRequestId } from "./edge/request_id.ts";
import { targetOf } from "./edge/target.ts";

export interface SecureOptions {
  log: Log;
  now: () => number;
  /** Whether to send Strict-Transport-Security. */
  https: boolean;
  /** Decides which hosts are served. */
  hosts: (authority: string) => HostVerdict;
}

const LONGEST_LOGGED = 200;

const POLICY = "content-security-policy";

/** A request's id in the log and in answers. */
const REQUEST_ID = "x-request-id";

const HEADERS: [string, string][] = [
  ["x-content-type-options", "nosniff"],
  ["x-frame-options", "DENY"],
  ["referrer-policy", "strict-origin-when-cross-origin"],
  ["cross-origin-opener-policy", "same-origin"],
  ["cross-origin-resource-policy", "same-origin"],
  [
    "permissions-policy",
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
  ],
];

/** Admin pages are kept out of caches, the back/forward cache included. */
const PRIVATE = /^\/admin(\/|$)/;
const NO_STORE: [string, string] = ["cache-control", "no-store"];

/** Uploaded files: sandboxed, in case one is opened directly. */
const SENT = /^\/api\/media\//;
const SANDBOX: [string, string][] = [
  [POLICY, "default-src 'none'; sandbox; frame-ancestors 'none'"],
];

/**
 * Fresh's App with security headers, a request id and a log line for every answer. It works outside
 * of the routing, so that error texts, redirects, files and streams have them too.
 */
export class SecureApp extends App<State> {
  constructor(private readonly options: SecureOptions, config?: FreshConfig) {
    super(config);
  }

  override handler() {
    const inner = super.handler();
    const { log, now, https, hosts } = this.options;
    const always: [string, string][] = https
      ? [...HEADERS, ["strict-transport-security", "max-age=31536000; includeSubDomains"]]
      : HEADERS;
    return async (request: Request, info?: Deno.ServeHandlerInfo): Promise<Response> => {
      const began = performance.now();
      const id = crypto.randomUUID().slice(0, 8) + now().toString(36);
      const target = targetOf(request, hosts);
      const served = typeof target !== "string";
      const path = served ? target.path : "";
      let response: Response;
      let own: [string, string][] = always;
      if (served) {
        const asked = rewriteLegacyAddress(target.request);
        setRequestId(asked, id);
        response = await inner(asked, info).catch((error: unknown) => {
          log("error", "A request failed", { id, error: nameOf(error) });
          return problemResponse(error, { timeZone: "UTC", now: now() });
        });
        const allow = allowedOf(asked);
        if (response.status === 405 && allow !== null) own = [...always, ["allow", allow]];
      } else response = refused(target, { timeZone: "UTC", now: now() });
      response = withHeaders(response, [...own, ...ofPath(path)], id, https);
      log(response.status >= 500 ? "error" : "info", "request", {
        id,
        method: request.method,
        path: path.slice(0, LONGEST_LOGGED),
        status: response.status,
        ms: Math.round((performance.now() - began) * 10) / 10,
        ...(served ? {} : { host: (request.headers.get("host") ?? "").slice(0, LONGEST_LOGGED) }),
      });
      return response;
    };
  }
}

/** Answers a request for a foreign host. */
function refused(verdict: Exclude<HostVerdict, "allowed">, reader: Reader): Response {
  return problemResponse(
    verdict === "malformed" ? new AppError("invalid", { code: "host.unreadable" }) : new AppError(
      "wrong_host",
      { code: "host.unknown" },
    ),
    reader,
  );
}

function ofPath(path: string): [string, string][] {
  if (SENT.test(path)) return SANDBOX;
  return PRIVATE.test(path) ? [NO_STORE] : [];
}

function withHeaders(
  response: Response,
  headers: [string, string][],
  id: string,
  https: boolean,
): Response {
  try {
    setAll(response.headers, headers, id, https);
    return response;
  } catch {
    // Redirects and proxied answers have immutable headers.
    const copy = new Response(response.body, response);
    setAll(copy.headers, headers, id, https);
    return copy;
  }
}

function setAll(target: Headers, headers: [string, string][], id: string, https: boolean): void {
  for (const [name, value] of headers) target.set(name, value);
  target.set(REQUEST_ID, id);
  if (!headers.some(([name]) => name === POLICY)) target.set(POLICY, policyOf(target, https));
}

function policyOf(headers: Headers, https: boolean): string {
  const type = headers.get("content-type") ?? "";
  if (type.startsWith("image/")) return PICTURE_POLICY;
  const given = headers.get(POLICY);
  if (given !== null) return strictPolicy(given, https);
  return type.startsWith("text/html") ? PAGE_POLICY : NO_POLICY;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.message : typeof error;
}
