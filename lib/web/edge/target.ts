import type { HostVerdict } from "./hosts.ts";

/** The requested address, the same for routing and headers. */
export interface Target {
  /** Without dot segments, doubled slashes and fragment. */
  path: string;
  /** The request with the normalised address; the original if it is the same. */
  request: Request;
}

const PARTS = /^https?:\/\/([^/?#\\]*)(.*)$/;
// In such a path the URL parser would change only dot segments.
const PLAIN = /^(\/[\w\-~.@:+,;=!$&'()*/]*)(\?[^#]*)?$/;

const malformed = new WeakSet<Request>();

/** Whether a request's path had invalid escapes. */
export function isMalformed(request: Request): boolean {
  return malformed.has(request);
}

/**
 * Parses a request's target. The path is normalised here, before everything else that depends on
 * it.
 * @returns why it cannot be served: a foreign host, or none
 */
export function targetOf(
  request: Request,
  hosts: (authority: string) => HostVerdict,
): Target | Exclude<HostVerdict, "allowed"> {
  const [, authority, rest = ""] = PARTS.exec(request.url) ?? [];
  if (authority === undefined) return "malformed";
  const verdict = hosts(authority);
  if (verdict !== "allowed") return verdict;
  // A request with an absolute address names a host there, and perhaps another one here.
  const host = request.headers.get("host");
  if (host && host !== authority) {
    const other = hosts(host);
    if (other !== "allowed") return other;
  }
  const plain = PLAIN.exec(rest)?.[1];
  if (plain !== undefined && !plain.includes("//") && !plain.includes("/.")) {
    return { path: plain, request };
  }
  const url = URL.parse(request.url);
  if (url === null) return "malformed";
  url.pathname = url.pathname.replace(/\/{2,}/g, "/");
  url.hash = "";
  const canBeRead = isReadable(url.pathname);
  // Routers may throw on such a path: they get a readable one, and the app refuses it.
  if (!canBeRead) url.pathname = url.pathname.replaceAll("%", "%25");
  const same = withUrl(request, url);
  if (!canBeRead) malformed.add(same);
  return { path: url.pathname, request: same };
}

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** The same request under another address. */
export function withUrl({ method, headers, body, signal }: Request, url: URL): Request {
  return new Request(url, { method, headers, body, signal });
}
