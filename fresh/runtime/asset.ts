import { buildId } from "./build_id.ts";

/** The query parameter that makes a URL belong to one build. */
export const CACHE_KEY = "__frsh_c";

/** Adds the build's id to a path on this site, so that browsers may keep the file for good. */
export function asset(path: string): string {
  if (!path.startsWith("/") || path.startsWith("//") || path.includes(CACHE_KEY)) return path;
  const hash = path.indexOf("#");
  const end = hash === -1 ? path.length : hash;
  const url = path.slice(0, end);
  return `${url}${url.includes("?") ? "&" : "?"}${CACHE_KEY}=${buildId()}${path.slice(end)}`;
}

/** Does the same for each URL of a `srcset`. */
export function assetSrcSet(srcset: string): string {
  if (srcset.includes("(")) return srcset;
  return srcset.split(",").map((part) => {
    const [, space = "", url = "", rest = ""] = /^(\s*)(\S*)([^]*)$/.exec(part) ?? [];
    return space + asset(url) + rest;
  }).join(",");
}
