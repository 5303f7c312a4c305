import { lookup } from "mrmime";

export interface StaticFile {
  /** Location on disk, never derived from a request. */
  source: URL | Uint8Array<ArrayBuffer>;
  /** Empty in development. */
  hash: string;
  type: string;
  /** The content never changes under this URL. */
  immutable: boolean;
}

/** Static files by normalised path. */
export type StaticTable = ReadonlyMap<string, StaticFile>;

/** Normalises a path: each segment decoded, then encoded. Null for malformed paths. */
export function staticKey(pathname: string): string | null {
  if (SIMPLE.test(pathname)) return pathname;
  try {
    const segments = pathname.split("/").filter((segment) => segment !== "");
    return "/" + segments.map((s) => encodeURIComponent(decodeURIComponent(s))).join("/");
  } catch {
    return null;
  }
}

// Paths that encoding leaves unchanged.
const SIMPLE = /^(?:\/[\w.~-]+)+$/;

/** Content type of a file name. */
export function contentType(name: string): string {
  const type = lookup(name) ?? "application/octet-stream";
  return type.startsWith("text/") || TEXT.has(type) ? `${type}; charset=utf-8` : type;
}

const TEXT = new Set(["application/json", "application/manifest+json", "application/xml"]);
