import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { type Build, type DevTools } from "../server/build.ts";
import { loadSnapshot, type SnapshotFile } from "../server/snapshot.ts";
import { staticKey } from "../server/static_table.ts";
import { bundle, SCRIPTS } from "./bundle.ts";
import type { ResolvedBuildConfig } from "./config.ts";
import { crawl } from "./crawl.ts";
import { hash } from "./hash.ts";

/** Builds without writing anything. With dev tools, nothing is made to be cached. */
export async function memoryBuild(
  config: ResolvedBuildConfig,
  dev: DevTools | null,
): Promise<Build> {
  const sources = await crawl(config);
  const { files, client, islands } = await bundle(config, sources.islands, dev !== null);
  const name = (content: Uint8Array<ArrayBuffer>) => dev === null ? hash(content) : "";
  const statics: SnapshotFile[] = [];
  for (const [path, content] of files) {
    statics.push([SCRIPTS + path, content, await name(content), true]);
  }
  for (const [path, file] of sources.statics) {
    const key = staticKey("/" + encodeURI(path)) ?? path;
    const content = dev === null ? await Deno.readFile(file) : new Uint8Array();
    statics.push([key, pathToFileURL(file), await name(content), false]);
  }
  const snapshot = {
    id: await hash(JSON.stringify(statics.map(([path, , hash]) => [path, hash]))),
    root: config.root,
    client,
    routes: sources.routes.map((file) =>
      [relative(config.routeDir, file), importer(file)] as const
    ),
    islands: sources.islands.flatMap((file, i) => {
      const script = islands[i];
      return script === undefined ? [] : [[script, importer(file)] as const];
    }),
    statics,
  };
  return { ...await loadSnapshot(snapshot), dev };
}

function importer(file: string): () => Promise<unknown> {
  return () => import(pathToFileURL(file).href);
}
