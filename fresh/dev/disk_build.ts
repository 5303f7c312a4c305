import { createHash } from "node:crypto";
import { join, relative } from "node:path";
import type { ResolvedBuildConfig } from "./config.ts";
import { bundleServer } from "./server_bundle.ts";
import { makePlan, type Plan } from "./plan.ts";

/** Writes scripts, snapshot and server entry to the output folder. */
export async function diskBuild(config: ResolvedBuildConfig): Promise<void> {
  const { outDir } = config;
  const plan = await makePlan(config, false);
  await Deno.remove(outDir, { recursive: true }).catch(ignoreMissing);
  await Deno.mkdir(join(outDir, "client"), { recursive: true });
  for (const [path, content] of plan.scripts) {
    await Deno.writeFile(join(outDir, "client", path), content);
  }
  await Deno.writeTextFile(join(outDir, "snapshot.js"), snapshot(config, plan));
  if (config.bundle) {
    const script = await bundleServer(config);
    const hash = createHash("sha256").update(script).digest("hex").slice(0, 12);
    await Deno.writeTextFile(join(outDir, `server-${hash}.cjs`), script);
  } else await Deno.writeTextFile(join(outDir, "server.js"), server(config));
}

function snapshot({ outDir, root }: ResolvedBuildConfig, plan: Plan): string {
  const load = (file: string) => `() => import(${specifier(outDir, file)})`;
  const url = (file: string) => `new URL(${specifier(outDir, file)}, import.meta.url)`;
  const routes = plan.routes.map(({ path, file }) => `[${JSON.stringify(path)}, ${load(file)}]`);
  const islands = plan.islands.map(({ script, file }) =>
    `[${JSON.stringify(script)}, ${load(file)}]`
  );
  const statics = plan.served.map(({ path, source, hash, immutable }) => {
    const file = "script" in source ? join(outDir, "client", source.script) : source.file;
    return `[${JSON.stringify(path)}, ${url(file)}, "${hash}", ${immutable}]`;
  });
  return `// Made by the build. Do not change.
import { loadSnapshot } from "fresh/internal";
import { fileURLToPath } from "node:url";

export const load = () => loadSnapshot({
  id: "${plan.id}",
  root: fileURLToPath(${url(root)}),
  client: ${JSON.stringify(plan.client)},
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
import { load } from "./snapshot.js";

export default productionServer(app, await load());
`;
}

function list(items: string[]): string {
  return items.map((item) => `\n    ${item},`).join("") + "\n  ";
}

/** Relative import specifier with the same URL as the app's own imports. */
function specifier(from: string, file: string): string {
  const path = relative(from, file).replace(/[%?#]/g, encodeURIComponent);
  return JSON.stringify(path.startsWith(".") ? path : "./" + path);
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
