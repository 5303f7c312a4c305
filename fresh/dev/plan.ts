import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { ClientScript } from "../server/build.ts";
import { staticKey } from "../server/static_table.ts";
import { bundle, SCRIPTS } from "./bundle.ts";
import type { ResolvedBuildConfig } from "./config.ts";
import { crawl } from "./crawl.ts";
import { hash } from "./hash.ts";

/** All that a build consists of, wherever it goes. */
export interface Plan {
  id: string;
  client: ClientScript;
  routes: { path: string; file: string }[];
  islands: { script: ClientScript; file: string }[];
  /** Contents of the scripts, by their path below {@linkcode SCRIPTS}. */
  scripts: Map<string, Uint8Array<ArrayBuffer>>;
  served: Served[];
}

/** A file that is served: a script of this build, or one from a static folder. */
export interface Served {
  path: string;
  source: { script: string } | { file: string };
  /** Empty for what must not be cached. */
  hash: string;
}

/** Finds and bundles everything. Equal sources give equal plans. */
export async function makePlan(config: ResolvedBuildConfig, isDev: boolean): Promise<Plan> {
  const found = await crawl(config);
  const { files: scripts, client, islands } = await bundle(config, found.islands, isDev);
  const served: Served[] = [];
  for (const [script, content] of scripts) {
    served.push({ path: SCRIPTS + script, source: { script }, hash: await hash(content) });
  }
  for (const [name, file] of found.statics) {
    const path = staticKey(pathToFileURL("/" + name).pathname) ?? "/" + name;
    served.push({
      path,
      source: { file },
      hash: isDev ? "" : await hash(await Deno.readFile(file)),
    });
  }
  return {
    id: await hash(JSON.stringify(served.map(({ path, hash }) => [path, hash]))),
    client,
    routes: found.routes.map((file) => ({ path: relative(config.routeDir, file), file })),
    islands: found.islands.map((file) => ({ script: islands(file), file })),
    scripts,
    served,
  };
}
