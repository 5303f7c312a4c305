import { setBuildId } from "../runtime/build_id.ts";
import { type AnyApp, App } from "./app.ts";
import type { Build } from "./build.ts";
import type { Handler } from "./handle.ts";

/** What `deno serve` runs. */
export function productionServer(app: AnyApp, build: Build): { fetch: Handler } {
  attach(app, build);
  return { fetch: app.handler() };
}

/** Makes an app serve a build. */
export function attach(app: AnyApp, build: Build): void {
  setBuildId(build.id);
  App.attach(app, build);
}
