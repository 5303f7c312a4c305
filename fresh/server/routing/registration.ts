import type { Scope } from "./scope.ts";
import type {
  LayoutConfig,
  MaybeLazyMiddleware,
  Middleware,
  PageComponent,
  Route,
  RouteConfig,
  RouteHandler,
} from "../types.ts";

/** An error page: a middleware or a route. */
export type ErrorPage<State> = Middleware<State> | Route<State>;

/** A route before it is compiled. */
export interface RouteRegistration<State> {
  kind: "route";
  pattern: string;
  /** Folder of a file route, or null. */
  folder: readonly string[] | null;
  /** Pattern or file, for messages. */
  name: string;
  component: PageComponent<State> | null;
  handler: RouteHandler<unknown, State> | null;
  /** Middlewares of this route only. */
  middlewares: readonly MaybeLazyMiddleware<State>[];
  config: RouteConfig;
}

/** A registration, in call order. */
export type Registration<State> =
  | { kind: "use"; scope: Scope; middlewares: readonly MaybeLazyMiddleware<State>[] }
  | { kind: "layout"; scope: Scope; component: PageComponent<State>; config: LayoutConfig }
  | { kind: "error"; scope: Scope; page: ErrorPage<State> }
  | { kind: "wrapper"; component: PageComponent<State> }
  | { kind: "notFound"; page: ErrorPage<State> }
  | { kind: "files"; prefix: string }
  | RouteRegistration<State>;

/** Joins a prefix and a pattern. */
export function joinPattern(prefix: string, pattern: string): string {
  const path = pattern.startsWith("/") || pattern.startsWith("{") ? pattern : "/" + pattern;
  const base = prefix.replace(/\/?\*?$/, "");
  return base !== "" && path === "/" ? base : base + path;
}

/** Moves a registration below a prefix, for mounted apps. */
export function below<State>(
  prefix: string,
  item: Registration<State>,
): Registration<State> {
  switch (item.kind) {
    case "use":
    case "layout":
    case "error": {
      const outer = prefix.split("/").filter((segment) => segment !== "");
      return {
        ...item,
        scope: { ...item.scope, segments: [...outer, ...item.scope.segments] },
      };
    }
    case "route":
      return { ...item, pattern: joinPattern(prefix, item.pattern) };
    case "files":
      return { ...item, prefix: joinPattern(prefix, item.prefix) };
    default:
      return item;
  }
}
