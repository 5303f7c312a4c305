import type { RouteFile } from "../build.ts";
import { warn } from "../log.ts";
import { joinPattern, type Registration, type RouteRegistration } from "../routing/registration.ts";
import type { Scope } from "../routing/scope.ts";
import { componentExport, configOf, exportsOf, middlewareExport, routeExports } from "./exports.ts";
import { bySpecificity, patternOf } from "./names.ts";

/** Registrations of the files in routes/: folder-wide ones first, then routes. */
export function fileRegistrations<State>(
  files: readonly RouteFile[],
  prefix: string,
): Registration<State>[] {
  const named = files.map((file) => ({ ...file, name: file.path.replace(/\.[^.]+$/, "") }));
  named.sort((a, b) => bySpecificity(a.name, b.name));
  const special: Registration<State>[] = [];
  const routes: Registration<State>[] = [];
  for (const { name, path, module } of named) {
    const folder = name.split("/");
    const base = folder.pop() ?? "";
    if (base.startsWith("_")) {
      special.push(
        ...specialFile<State>(base, { path, module }, { kind: "folder", segments: folder }),
      );
    } else routes.push(routeFile<State>(name, folder, { path, module }, prefix));
  }
  return [...special, ...routes];
}

function routeFile<State>(
  name: string,
  folder: string[],
  { path, module }: RouteFile,
  prefix: string,
): RouteRegistration<State> {
  const { component, handler, config } = routeExports<State>(path, module);
  return {
    kind: "route",
    pattern: joinPattern(prefix, config.routeOverride ?? patternOf(name)),
    folder,
    name: `routes/${path}`,
    component,
    handler,
    middlewares: [],
    config,
  };
}

function specialFile<State>(
  base: string,
  { path, module }: RouteFile,
  scope: Scope,
): Registration<State>[] {
  switch (base) {
    case "_app":
      if (scope.segments.length > 0) return [];
      return [{ kind: "wrapper", component: componentExport(path, module) }];
    case "_layout": {
      const { config, handler, handlers } = exportsOf(module);
      if (handler ?? handlers) warn(`routes/${path}: a layout cannot have handlers`);
      const component = componentExport<State>(path, module);
      return [{ kind: "layout", scope, component, config: configOf(config) }];
    }
    case "_middleware": {
      const middlewares = middlewareExport<State>(path, module);
      if (middlewares !== null) return [{ kind: "use", scope, middlewares }];
      warn(`routes/${path}: a middleware is a function, not an object of methods`);
      return [];
    }
    case "_error":
    case "_500":
    case "_404": {
      const { component, handler, config } = routeExports<State>(path, module);
      const page = { ...(component && { component }), ...(handler && { handler }), config };
      return [base === "_404" ? { kind: "notFound", page } : { kind: "error", scope, page }];
    }
    default:
      warn(`routes/${path}: files that begin with "_" are not routes`);
      return [];
  }
}
