import { pathToFileURL } from "node:url";
import type { Build, DevTools } from "../server/build.ts";
import { loadSnapshot } from "../server/snapshot.ts";
import type { ResolvedBuildConfig } from "./config.ts";
import { makePlan } from "./plan.ts";

/** Builds in memory. With dev tools, nothing is cacheable. */
export async function memoryBuild(
  config: ResolvedBuildConfig,
  dev: DevTools | null,
): Promise<Build> {
  const { id, client, routes, islands, scripts, served } = await makePlan(config, dev !== null);
  const build = await loadSnapshot({
    id,
    root: config.root,
    client,
    routes: routes.map(({ path, file }) => [path, importer(file)] as const),
    islands: islands.map(({ script, file }) => [script, importer(file)] as const),
    statics: served.map(({ path, source, hash, immutable }) =>
      "script" in source
        ? [
          path,
          scripts.get(source.script) ?? new Uint8Array(),
          dev === null ? hash : "",
          immutable,
        ]
        : [path, pathToFileURL(source.file), hash, immutable]
    ),
  });
  return { ...build, dev };
}

function importer(file: string): () => Promise<unknown> {
  return () => import(pathToFileURL(file).href);
}
