import { compilePattern, encodePath, isDynamic, type Matcher } from "./pattern.ts";

/** Result of a look-up. */
export type Found<T> =
  | { kind: "route"; route: T; params: Record<string, string> }
  | { kind: "method"; allowed: string[] }
  | { kind: "none" };

interface Entry<T> {
  pattern: string;
  match: Matcher;
  methods: Map<string, T>;
}

const NONE: Found<never> = { kind: "none" };

/** Routes by pattern and method. */
export class Router<T> {
  #static = new Map<string, Map<string, T>>();
  #dynamic: Entry<T>[] = [];

  /** Adds a route; the first one for a canonical pattern and method stays. */
  add(pattern: string, method: string, route: T): void {
    const methods = this.#methods(pattern);
    if (!methods.has(method)) methods.set(method, route);
  }

  /**
   * Finds the route of a request.
   * @throws {HttpError} 400 for params that cannot be decoded.
   */
  find(method: string, pathname: string): Found<T> {
    const fixed = this.#static.get(pathname) ?? this.#static.get(toggleSlash(pathname));
    if (fixed !== undefined) {
      const route = pick(fixed, method);
      return route === undefined
        ? { kind: "method", allowed: allowed(fixed) }
        : { kind: "route", route, params: {} };
    }
    const others: string[] = [];
    for (const entry of this.#dynamic) {
      const params = entry.match(pathname);
      if (params === null) continue;
      const route = pick(entry.methods, method);
      if (route !== undefined) return { kind: "route", route, params };
      others.push(...allowed(entry.methods));
    }
    return others.length === 0 ? NONE : { kind: "method", allowed: [...new Set(others)] };
  }

  #methods(pattern: string): Map<string, T> {
    if (!isDynamic(pattern)) {
      const path = encodePath(pattern);
      const known = this.#static.get(path) ?? new Map<string, T>();
      this.#static.set(path, known);
      return known;
    }
    let entry = this.#dynamic.find((e) => e.pattern === pattern);
    if (entry === undefined) {
      entry = { pattern, match: compilePattern(pattern), methods: new Map() };
      this.#dynamic.push(entry);
    }
    return entry.methods;
  }
}

function pick<T>(methods: Map<string, T>, method: string): T | undefined {
  return methods.get(method) ?? (method === "HEAD" ? methods.get("GET") : undefined);
}

function allowed(methods: Map<string, unknown>): string[] {
  const names = [...methods.keys()];
  if (methods.has("GET") && !methods.has("HEAD")) names.push("HEAD");
  return names;
}

function toggleSlash(pathname: string): string {
  return pathname.endsWith("/") ? pathname.slice(0, -1) : pathname + "/";
}
