/** Range of a registration: everything below these segments. */
export interface Scope {
  /** `path` compares with a route's pattern, `folder` with its place in routes/. */
  kind: "path" | "folder";
  segments: readonly string[];
}

/** Location of a route, to compare with scopes. */
export interface Place {
  path: readonly string[];
  /** Null for routes registered in code. */
  folder: readonly string[] | null;
}

const OPTIONAL_GROUP = /\{[^}]*\}[?*+]?/g;

/** Segments of a pattern, without optional groups. */
export function segmentsOf(pattern: string): string[] {
  return pattern.replace(OPTIONAL_GROUP, "").split("/").filter((s) => s !== "");
}

/** Scope of `use(path)` and similar: `*`, `/` and a trailing `/*` cover all paths below. */
export function pathScope(path: string): Scope {
  return { kind: "path", segments: segmentsOf(path.replace(/\/?\*$/, "")) };
}

/** True if a registration in `scope` applies to a route at `place`. */
export function covers(scope: Scope, place: Place): boolean {
  const segments = place[scope.kind];
  return segments !== null && scope.segments.every((segment, i) => segment === segments[i]);
}
