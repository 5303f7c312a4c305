import { setBuildId } from "../runtime/build_id.ts";
import { type AnyApp, App } from "./app.ts";
import type { Build } from "./build.ts";
import type { Handler } from "./handle.ts";

/** Server for `deno serve`. */
export function productionServer(app: AnyApp, build: Build): { fetch: Handler } {
  attach(app, build);
  return { fetch: app.handler() };
}

/** Attaches a build to an app. */
export function attach(app: AnyApp, build: Build): void {
  setBuildId(build.id);
  App.attach(app, build);
}
