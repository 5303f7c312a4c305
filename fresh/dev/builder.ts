import type { AnyApp } from "../server/app.ts";
import type { Handler } from "../server/handle.ts";
import { listen } from "../server/listen.ts";
import { announce, logError } from "../server/log.ts";
import { attach } from "../server/production.ts";
import type { ListenOptions } from "../server/types.ts";
import { type BuildOptions, resolveConfig, type ResolvedBuildConfig } from "./config.ts";
import { diskBuild } from "./disk_build.ts";
import { DEV_SCRIPT, liveReload } from "./live_reload.ts";
import { memoryBuild } from "./memory_build.ts";
import { overlay } from "./overlay.ts";

/** The app, or a module that exports it. */
export type ListenTarget = AnyApp | { app: AnyApp };

/** Options for an in-memory build. */
export interface MemoryBuildOptions {
  snapshot: "memory";
  mode?: "development" | "production";
}

/** Builds an app, or serves it in development. */
export class Builder {
  readonly config: ResolvedBuildConfig;

  constructor(options: BuildOptions = {}) {
    this.config = resolveConfig(options);
  }

  /** Writes the output folder. */
  build(options?: { snapshot?: "disk"; mode?: "production" }): Promise<void>;
  /** Returns a function that attaches routes, islands and static files to an app. */
  build(options: MemoryBuildOptions): Promise<(app: AnyApp) => void>;
  async build(
    options?: { snapshot?: "disk"; mode?: "production" } | MemoryBuildOptions,
  ): Promise<void | ((app: AnyApp) => void)> {
    if (options?.snapshot === "memory") {
      const dev = options.mode === "development" ? devTools() : null;
      const build = await memoryBuild(this.config, dev);
      return (app) => attach(app, build);
    }
    await diskBuild(this.config);
    announce(`Built ${this.config.outDir}`);
  }

  /** Serves the app in development; pages reload after a restart of the process. */
  async listen(
    importApp: () => Promise<ListenTarget>,
    options: ListenOptions = {},
  ): Promise<void> {
    const building = memoryBuild(this.config, devTools());
    building.catch(logError);
    const module = await importApp();
    const app = "app" in module ? module.app : module;
    const ready = building.then<Handler, Handler>(
      (build) => {
        attach(app, build);
        return app.handler();
      },
      (error) => (req) => overlay(error, req, new Response(String(error), { status: 500 })),
    );
    const reload = liveReload();
    const handler: Handler = async (req, info) => reload(req) ?? await (await ready)(req, info);
    await listen(handler, { hostname: "127.0.0.1", ...options });
  }
}

function devTools(): { script: string; explain: typeof overlay } {
  return { script: DEV_SCRIPT, explain: overlay };
}
