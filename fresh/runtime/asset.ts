import { buildId } from "./build_id.ts";

/** Query parameter that ties a URL to a build. */
export const CACHE_KEY = "__frsh_c";

/** Adds the build id to a same-site path, so that browsers can cache the file forever. */
export function asset(path: string): string {
  if (!path.startsWith("/") || path.startsWith("//") || path.includes(CACHE_KEY)) return path;
  const hash = path.indexOf("#");
  const end = hash === -1 ? path.length : hash;
  const url = path.slice(0, end);
  return `${url}${url.includes("?") ? "&" : "?"}${CACHE_KEY}=${buildId()}${path.slice(end)}`;
}

/** Applies {@linkcode asset} to each URL of a `srcset`. */
export function assetSrcSet(srcset: string): string {
  if (srcset.includes("(")) return srcset;
  return srcset.split(",").map((part) => {
    const [, space = "", url = "", rest = ""] = /^(\s*)(\S*)([^]*)$/.exec(part) ?? [];
    return space + asset(url) + rest;
  }).join(",");
}
