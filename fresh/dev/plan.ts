import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import type { ClientScript } from "../server/build.ts";
import { staticKey } from "../server/static_table.ts";
import { bundle, minifySheets, SCRIPTS } from "./bundle.ts";
import type { ResolvedBuildConfig } from "./config.ts";
import { crawl } from "./crawl.ts";

/** Contents of a build, independent of its destination. */
export interface Plan {
  id: string;
  client: ClientScript;
  routes: { path: string; file: string }[];
  islands: { script: ClientScript; file: string }[];
  /** Contents made by the build: scripts by path below {@linkcode SCRIPTS}, and style sheets. */
  scripts: Map<string, Uint8Array<ArrayBuffer>>;
  served: Served[];
}

/** A served file: one made by this build, or a static file. */
interface Served {
  path: string;
  source: { script: string } | { file: string };
  /** The content never changes under this path. */
  immutable: boolean;
  /** Empty when caching is off. */
  hash: string;
}

/** Crawls and bundles the app. Deterministic: equal sources give equal plans. */
export async function makePlan(config: ResolvedBuildConfig, isDev: boolean): Promise<Plan> {
  const found = await crawl(config);
  const { files: scripts, client, islands } = await bundle(config, found.islands, isDev);
  const served: Served[] = [];
  for (const [script, content] of scripts) {
    const file = { path: SCRIPTS + script, source: { script }, immutable: true };
    served.push({ ...file, hash: await hash(content) });
  }
  const isSheet = (file: string) => !isDev && file.endsWith(".css");
  const sheets = await minifySheets([...found.statics.values()].filter(isSheet));
  for (const [name, file] of found.statics) {
    const path = staticKey(pathToFileURL("/" + name).pathname) ?? "/" + name;
    const sheet = sheets.get(file);
    if (sheet !== undefined) {
      const digest = await hash(sheet);
      const script = `sheet-${digest}.css`;
      scripts.set(script, sheet);
      served.push({ path, source: { script }, immutable: false, hash: digest });
      continue;
    }
    served.push({
      path,
      source: { file },
      immutable: false,
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

/** First 16 hex digits of the content's SHA-256. */
async function hash(content: Uint8Array<ArrayBuffer> | string): Promise<string> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex().slice(0, 16);
}
