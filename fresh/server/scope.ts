/** Where a registration applies: everything below these segments. */
export interface Scope {
  /** `path` compares with a route's pattern, `folder` with its place in routes/. */
  kind: "path" | "folder";
  segments: readonly string[];
}

/** Where a route stands, for comparison with scopes. */
export interface Place {
  path: readonly string[];
  /** Null for routes that are registered in code. */
  folder: readonly string[] | null;
}

const OPTIONAL_GROUP = /\{[^}]*\}[?*+]?/g;

/** The segments of a pattern; optional groups do not count. */
export function segmentsOf(pattern: string): string[] {
  return pattern.replace(OPTIONAL_GROUP, "").split("/").filter((s) => s !== "");
}

/** The scope of `use(path)` and its like: `*`, `/` and a trailing `/*` stand for what is below. */
export function pathScope(path: string): Scope {
  return { kind: "path", segments: segmentsOf(path.replace(/\/?\*$/, "")) };
}

/** Whether a registration in `scope` applies to a route at `place`. */
export function covers(scope: Scope, place: Place): boolean {
  const segments = place[scope.kind];
  return segments !== null && scope.segments.every((segment, i) => segment === segments[i]);
}
