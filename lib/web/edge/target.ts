import type { HostVerdict } from "./hosts.ts";

/** What a request asks for, as routing and headers both see it. */
export interface Target {
  /** Without dot segments, doubled slashes and fragment. */
  path: string;
  /** The request itself, or the same for the address in that form. */
  request: Request;
}

const PARTS = /^https?:\/\/([^/?#\\]*)(.*)$/;
// In such a path the URL parser would change nothing but dot segments.
const PLAIN = /^(\/[\w\-~.@:+,;=!$&'()*/]*)(\?[^#]*)?$/;

const malformed = new WeakSet<Request>();

/** Whether a request's path had escapes that stand for no character. */
export function isMalformed(request: Request): boolean {
  return malformed.has(request);
}

/**
 * Reads what a request asks for. Its path is brought into one form here, before all
 * else, so that whatever goes by it goes by the same.
 * @returns why it cannot be served: the host is not ours, or no host at all
 */
export function targetOf(
  request: Request,
  hosts: (authority: string) => HostVerdict,
): Target | Exclude<HostVerdict, "allowed"> {
  const [, authority, rest = ""] = PARTS.exec(request.url) ?? [];
  if (authority === undefined) return "malformed";
  const verdict = hosts(authority);
  if (verdict !== "allowed") return verdict;
  // A request for an absolute address names a host there, and may name another one here.
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
  // Routers need not bear such a path: they get one that can be read, and the app refuses it.
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

/**
 * The same request under another address. Its signal is left behind: the server writes a
 * warning of its own, among the lines of the log, for whoever looks at it.
 */
export function withUrl({ method, headers, body }: Request, url: URL): Request {
  return new Request(url, { method, headers, body });
}
