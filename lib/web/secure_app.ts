import { App, type FreshConfig } from "fresh";
import type { Reader } from "../locales/coded.ts";
import { AppError } from "../platform/errors.ts";
import type { AnsweredRequest } from "../monitoring/monitoring.ts";
import type { Log } from "../platform/log.ts";
import type { Tracer } from "../platform/tracing/tracer.ts";
import { callerSpan } from "../platform/tracing/traceparent.ts";
import { rewriteLegacyAddress } from "./edge/addresses.ts";
import { allowedOf } from "./edge/allowed_methods.ts";
import type { State } from "./define.ts";
import { codeOf, problemAnswer } from "./errors.ts";
import type { HostVerdict } from "./edge/hosts.ts";
import { chosenLanguage, VARIES } from "./language/language.ts";
import {
  NO_POLICY,
  PAGE_POLICY,
  PICTURE_POLICY,
  strictPolicy,
  WORKER_POLICY,
} from "./edge/policy.ts";
import { recordRequest, type RequestRecord } from "./edge/request_record.ts";
import { targetOf } from "./edge/target.ts";

export interface SecureOptions {
  log: Log;
  now: () => number;
  /** Whether to send Strict-Transport-Security. */
  https: boolean;
  /** Decides which hosts are served. */
  hosts: (authority: string) => HostVerdict;
  /** Null where no receiver of traces is set. */
  tracer: Tracer | null;
  /** Called for each answer. */
  answered: (answer: AnsweredRequest) => void;
}

const LONGEST_LOGGED = 200;

/** Methods by name in traces; any other one is a text of the caller's. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]);
/** OpenTelemetry's names of all others, as attribute and in a span's name. */
const OTHER_METHOD = { attribute: "_OTHER", name: "HTTP" };

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
    "camera=(), microphone=(self), geolocation=(), payment=(), usb=()",
  ],
];

/** Of no effect on scripts, sheets and pictures of a page, each of which people pay for. */
const OF_DOCUMENTS = new Set([
  "x-frame-options",
  "referrer-policy",
  "cross-origin-opener-policy",
  "permissions-policy",
]);
const PART = /^(text\/(css|javascript)|image\/)/;

/** Admin pages are kept out of caches, the back/forward cache included. */
const PRIVATE = /^\/admin(\/|$)/;
const NO_STORE: [string, string] = ["cache-control", "no-store"];

const WORKER = "/sw.js";

/** Uploaded files: sandboxed, in case one is opened directly. */
const SENT = /^\/api\/(media\/|voice$)/;
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
    const { log, now, https, hosts, answered, tracer } = this.options;
    const always: [string, string][] = https
      ? [...HEADERS, ["strict-transport-security", "max-age=31536000; includeSubDomains"]]
      : HEADERS;
    return async (request: Request, info?: Deno.ServeHandlerInfo): Promise<Response> => {
      const began = performance.now();
      const id = crypto.randomUUID().slice(0, 8) + now().toString(36);
      const reader = { language: chosenLanguage(request.headers), timeZone: "UTC", now: now() };
      const target = targetOf(request, hosts);
      const served = typeof target !== "string";
      const path = served ? target.path : "";
      const record: RequestRecord = { id, route: null, error: null };
      let response: Response;
      let own: [string, string][] = always;
      if (served) {
        const asked = rewriteLegacyAddress(target.request);
        recordRequest(asked, record);
        response = await traced(tracer, asked, record, () => inner(asked, info)).catch(
          (error: unknown) => {
            log("error", "A request failed", { id, error: nameOf(error) });
            record.error = codeOf(error);
            return problemAnswer(error, reader, id);
          },
        );
        const allow = allowedOf(asked);
        if (response.status === 405 && allow !== null) own = [...always, ["allow", allow]];
      } else response = refused(target, reader, id);
      if (isPage(response)) own = [...own, VARIES];
      response = withHeaders(response, [...own, ...ofPath(path)], id, https);
      answered({ ...record, at: now(), method: request.method, status: response.status });
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

/** Runs a request as a span, which ends with the answer's headers; its address is the route's. */
async function traced(
  tracer: Tracer | null,
  { method, headers }: Request,
  record: RequestRecord,
  run: () => Promise<Response>,
): Promise<Response> {
  if (tracer === null) return await run();
  const known = METHODS.has(method);
  const name = known ? method : OTHER_METHOD.name;
  const attributes = {
    "http.request.method": known ? method : OTHER_METHOD.attribute,
    "obt.request.id": record.id,
  };
  const caller = callerSpan(headers.get("traceparent"));
  const span = tracer.start(name, { kind: "server", attributes, caller });
  let status = 500;
  try {
    const response = await tracer.within(span, run);
    status = response.status;
    return response;
  } finally {
    const { route } = record;
    span.set({ "http.response.status_code": status, "http.route": route });
    if (route !== null) span.rename(`${name} ${route}`);
    span.end(status >= 500);
  }
}

/** Answers a request for a foreign host. */
function refused(
  verdict: Exclude<HostVerdict, "allowed">,
  reader: Reader,
  id: string,
): Response {
  return problemAnswer(
    verdict === "malformed" ? new AppError("invalid", { code: "host.unreadable" }) : new AppError(
      "wrong_host",
      { code: "host.unknown" },
    ),
    reader,
    id,
  );
}

/** Pages are written in the reader's language. */
function isPage({ headers }: Response): boolean {
  return headers.get("content-type")?.startsWith("text/html") ?? false;
}

function ofPath(path: string): [string, string][] {
  if (SENT.test(path)) return SANDBOX;
  if (path === WORKER) return [[POLICY, WORKER_POLICY]];
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
  // A page whose address is a secret tells nobody of it.
  const secret = target.get("referrer-policy") === "no-referrer";
  const isPart = PART.test(target.get("content-type") ?? "");
  for (const [name, value] of headers) {
    if (!isPart || !OF_DOCUMENTS.has(name)) target.set(name, value);
  }
  if (secret) target.set("referrer-policy", "no-referrer");
  target.set(REQUEST_ID, id);
  if (!headers.some(([name]) => name === POLICY)) target.set(POLICY, policyOf(target, https));
}

function policyOf(headers: Headers, https: boolean): string {
  const type = headers.get("content-type") ?? "";
  if (type.startsWith("image/")) return PICTURE_POLICY;
  // Opened directly, a script or sheet is only text; the page's policy is longer.
  if (PART.test(type)) return NO_POLICY;
  const given = headers.get(POLICY);
  if (given !== null) return strictPolicy(given, https);
  return type.startsWith("text/html") ? PAGE_POLICY : NO_POLICY;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.message : typeof error;
}
