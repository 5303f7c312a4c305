import { Builder } from "fresh/dev";
import { appOptions, buildOptions } from "@/fresh.config.ts";
import { createApp } from "@/lib/web/app.ts";
import { openWorld, type World } from "./world.ts";

/** The program behind its HTTP handler, routes included, without a port. */
export interface Site extends AsyncDisposable {
  world: World;
  /** Requests a path from a remote address. */
  fetch(path: string, init?: RequestInit, from?: string): Promise<Response>;
}

let built: ReturnType<typeof build> | undefined;

function build() {
  return new Builder(buildOptions).build({ snapshot: "memory" });
}

/** Opens it as `openWorld()` does. All sites of a process share one build. */
export async function openSite(options: Parameters<typeof openWorld>[0] = {}): Promise<Site> {
  built ??= build();
  const attach = await built;
  const world = await openWorld(options);
  const app = createApp(world.services, appOptions).fsRoutes();
  attach(app);
  const handler = app.handler();
  const origin = world.deps.config.PUBLIC_URL ?? "http://localhost:8000";
  return {
    world,
    fetch: (path, init, from = "192.0.2.1") =>
      handler(new Request(new URL(path, origin), { redirect: "manual", ...init }), {
        remoteAddr: { transport: "tcp", hostname: from, port: 50_000 },
        completed: Promise.resolve(),
      }),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}
