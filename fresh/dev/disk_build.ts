import { dirname, join, relative } from "node:path";
import { staticKey } from "../server/static_table.ts";
import { bundle, SCRIPTS } from "./bundle.ts";
import type { ResolvedBuildConfig } from "./config.ts";
import { crawl, type SourceFiles } from "./crawl.ts";
import { hash } from "./hash.ts";

/** A file that is served: its path, where it is, hash, and whether it is immutable. */
type Served = [path: string, file: string, hash: string, immutable: boolean];

/** Writes scripts, snapshot and server entry to the output folder. */
export async function diskBuild(config: ResolvedBuildConfig): Promise<void> {
  const { outDir } = config;
  const sources = await crawl(config);
  const { files, client, islands } = await bundle(config, sources.islands, false);
  const clientDir = join(outDir, "client");
  await Deno.remove(outDir, { recursive: true }).catch(ignoreMissing);
  await Deno.mkdir(clientDir, { recursive: true });
  const served: Served[] = [];
  for (const [path, content] of files) {
    const file = join(clientDir, path);
    await Deno.mkdir(dirname(file), { recursive: true });
    await Deno.writeFile(file, content);
    served.push([SCRIPTS + path, file, await hash(content), true]);
  }
  for (const [path, file] of sources.statics) {
    const key = staticKey("/" + encodeURI(path)) ?? path;
    served.push([key, file, await hash(await Deno.readFile(file)), false]);
  }
  const scripts = { client, islands };
  await Deno.writeTextFile(
    join(outDir, "snapshot.js"),
    await snapshot(config, sources, scripts, served),
  );
  await Deno.writeTextFile(join(outDir, "server.js"), server(config));
}

async function snapshot(
  { outDir, root, routeDir }: ResolvedBuildConfig,
  sources: SourceFiles,
  scripts: Pick<Awaited<ReturnType<typeof bundle>>, "client" | "islands">,
  served: Served[],
): Promise<string> {
  const load = (file: string) => `() => import(${specifier(outDir, file)})`;
  const url = (file: string) => `new URL(${specifier(outDir, file)}, import.meta.url)`;
  const id = await hash(JSON.stringify(served.map(([path, , hash]) => [path, hash])));
  const routes = sources.routes.map((file) =>
    `[${JSON.stringify(relative(routeDir, file))}, ${load(file)}]`
  );
  const islands = sources.islands.map((file, i) =>
    `[${JSON.stringify(scripts.islands[i])}, ${load(file)}]`
  );
  const statics = served.map(([path, file, hash, immutable]) =>
    `[${JSON.stringify(path)}, ${url(file)}, "${hash}", ${immutable}]`
  );
  return `// Made by the build. Do not change.
import { loadSnapshot } from "fresh/internal";
import { fileURLToPath } from "node:url";

export const build = await loadSnapshot({
  id: "${id}",
  root: fileURLToPath(${url(root)}),
  client: ${JSON.stringify(scripts.client)},
  routes: [${list(routes)}],
  islands: [${list(islands)}],
  statics: [${list(statics)}],
});
`;
}

function server({ outDir, serverEntry }: ResolvedBuildConfig): string {
  return `// Made by the build. Do not change.
import { productionServer } from "fresh/internal";
import { app } from ${specifier(outDir, serverEntry)};
import { build } from "./snapshot.js";

export default productionServer(app, build);
`;
}

function list(items: string[]): string {
  return items.map((item) => `\n    ${item},`).join("") + "\n  ";
}

/** A relative import that leads to the same URL as the app's own imports. */
function specifier(from: string, file: string): string {
  const path = relative(from, file).replace(/[%?#]/g, encodeURIComponent);
  return JSON.stringify(path.startsWith(".") ? path : "./" + path);
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
