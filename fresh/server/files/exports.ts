import { HttpError } from "../../runtime/http_error.ts";
import type { LoadedModule } from "../build.ts";
import type {
  HandlerFn,
  LayoutConfig,
  Middleware,
  PageComponent,
  RouteConfig,
  RouteHandler,
} from "../types.ts";
import { METHODS } from "../routing/route_step.ts";

/** Parsed exports of a route file. */
interface RouteExports<State> {
  component: PageComponent<State> | null;
  handler: RouteHandler<unknown, State> | null;
  config: RouteConfig;
}

/** A module's exports; rethrows its import error. */
export function exportsOf(module: LoadedModule): Readonly<Record<string, unknown>> {
  if (module.ok) return module.exports;
  throw module.error;
}

/** Reads a page or error page. An invalid file answers 500; other routes work. */
export function routeExports<State>(file: string, module: LoadedModule): RouteExports<State> {
  if (!module.ok) return failing(module.error);
  const { default: component, handler, handlers, config } = module.exports;
  const answer = handlers ?? handler;
  if (component === undefined && answer === undefined) {
    return failing(new TypeError(`routes/${file} exports neither a component nor a handler`));
  }
  if (typeof answer === "function" && answer.length > 1) {
    return failing(new TypeError(`routes/${file}: a handler takes one argument, the context`));
  }
  return {
    component: isComponent<State>(component) ? component : null,
    handler: isHandler<State>(answer) ? answer : null,
    config: configOf(config),
  };
}

/** Reads a `_layout` or `_app` file. */
export function componentExport<State>(file: string, module: LoadedModule): PageComponent<State> {
  const { default: component } = exportsOf(module);
  if (isComponent<State>(component)) return component;
  throw new TypeError(`routes/${file} has no component as its default export`);
}

/** Reads a `_middleware` file; null for the old style, which has no effect. */
export function middlewareExport<State>(
  file: string,
  module: LoadedModule,
): Middleware<State>[] | null {
  const { default: fallback, handler, handlers } = exportsOf(module);
  const found = handlers ?? handler ?? fallback;
  const list: unknown[] = Array.isArray(found) ? found : [found];
  if (list.every(isMiddleware<State>)) return list;
  if (typeof found === "object" && found !== null && !Array.isArray(found)) return null;
  throw new TypeError(`routes/${file} exports no middleware`);
}

/** Reads a `config` export. */
export function configOf(config: unknown): RouteConfig & LayoutConfig {
  return typeof config === "object" && config !== null ? { ...config } : {};
}

function failing<State>(error: unknown): RouteExports<State> {
  const fail = (): never => {
    throw error instanceof HttpError ? new Error("import failed", { cause: error }) : error;
  };
  return { component: null, handler: fail, config: {} };
}

// Parameter types are unchecked: only being a function is visible at run time.
function isComponent<State>(value: unknown): value is PageComponent<State> {
  return typeof value === "function";
}

function isMiddleware<State>(value: unknown): value is Middleware<State> {
  return typeof value === "function";
}

function isHandler<State>(value: unknown): value is RouteHandler<unknown, State> {
  return isHandlerFn<State>(value) ||
    (typeof value === "object" && value !== null &&
      METHODS.some((method) => isHandlerFn<State>(Reflect.get(value, method))));
}

function isHandlerFn<State>(value: unknown): value is HandlerFn<unknown, State> {
  return typeof value === "function";
}
