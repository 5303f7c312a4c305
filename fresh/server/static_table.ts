import { lookup } from "mrmime";

/** A file that is served as it is. */
export interface StaticFile {
  /** Where it is on disk; never put together from a request. */
  source: URL | Uint8Array<ArrayBuffer>;
  /** Empty in development. */
  hash: string;
  type: string;
  /** Its content never changes under this URL. */
  immutable: boolean;
}

/** All files that are served, by normalised path. */
export type StaticTable = ReadonlyMap<string, StaticFile>;

/** The form in which paths are compared: each segment decoded, then encoded. */
export function staticKey(pathname: string): string | null {
  if (SIMPLE.test(pathname)) return pathname;
  try {
    const segments = pathname.split("/").filter((segment) => segment !== "");
    return "/" + segments.map((s) => encodeURIComponent(decodeURIComponent(s))).join("/");
  } catch {
    return null;
  }
}

// Encoding would not change such a path.
const SIMPLE = /^(?:\/[\w.~-]+)+$/;

/** The content type for a file name. */
export function contentType(name: string): string {
  const type = lookup(name) ?? "application/octet-stream";
  return type.startsWith("text/") || TEXT.has(type) ? `${type}; charset=utf-8` : type;
}

const TEXT = new Set(["application/json", "application/manifest+json", "application/xml"]);
