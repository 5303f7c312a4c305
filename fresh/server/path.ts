/** Parts of a request's URL that routing needs. */
export interface RequestPath {
  pathname: string;
  /** With its `?`, or empty. */
  search: string;
}

// URLs that the URL parser would leave unchanged, except for dot segments.
const PLAIN = /^https?:\/\/[^/?#]+(\/[\w\-~.@:+,;=!$&'()*/]*)(\?[^#]*)?$/;

/** Splits a request URL; avoids `new URL` where it would change nothing. */
export function requestPath(url: string): RequestPath {
  const plain = PLAIN.exec(url);
  const pathname = plain?.[1];
  if (pathname !== undefined && !pathname.includes("//") && !pathname.includes("/.")) {
    return { pathname, search: plain?.[2] ?? "" };
  }
  const parsed = new URL(url);
  return { pathname: collapseSlashes(parsed.pathname), search: parsed.search };
}

/** Replaces runs of slashes by one. */
function collapseSlashes(path: string): string {
  return path.replace(/\/{2,}/g, "/");
}

/** URL of a request as the client sees it. */
export function requestUrl(req: Request, trustProxy: boolean): URL {
  const url = new URL(req.url);
  if (url.pathname.includes("//")) url.pathname = collapseSlashes(url.pathname);
  if (!trustProxy) return url;
  const proto = first(req.headers.get("x-forwarded-proto"));
  const host = first(req.headers.get("x-forwarded-host"));
  if (proto === "http" || proto === "https") url.protocol = proto;
  if (host !== "") {
    url.port = "";
    url.host = host;
  }
  return url;
}

function first(list: string | null): string {
  return list?.split(",")[0]?.trim() ?? "";
}
