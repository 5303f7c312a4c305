import { fileURLToPath } from "node:url";
import type { Builder } from "fresh/dev";

/** Inputs of the build: an unchanged set needs no new build. */
const INPUTS = [
  "islands",
  "components",
  "routes",
  "static",
  "lib",
  "fresh",
  "main.ts",
  "fresh.config.ts",
  "deno.json",
  "deno.lock",
];

type BuildOptions = ConstructorParameters<typeof Builder>[0];

/** `build`: makes everything ahead of serving, into `_fresh`. */
export async function build(root: URL, options: BuildOptions): Promise<void> {
  await serialised(root, async () => await make(root, options, await stampOf(root)));
}

/** Builds unless the last build had the same inputs. */
export async function buildChanged(root: URL, options: BuildOptions): Promise<void> {
  await serialised(root, async () => {
    if (!await isBuilt(root)) await make(root, options, await stampOf(root));
  });
}

/** Whether the last build's inputs are unchanged. */
export async function isBuilt(root: URL): Promise<boolean> {
  const built = await Deno.readTextFile(stampFile(root)).catch(() => "");
  return built !== "" && built === await stampOf(root);
}

/** Path of the server's script. @throws {Deno.errors.NotFound} when nothing is built yet */
export function builtScript(root: URL): string {
  const folder = new URL("_fresh/", root);
  for (const { name } of Deno.readDirSync(folder)) {
    if (/^server-\w+\.cjs$/.test(name)) return fileURLToPath(new URL(name, folder));
  }
  throw new Deno.errors.NotFound(fileURLToPath(folder));
}

const stampFile = (root: URL) => new URL("_fresh/inputs", root);

async function make(root: URL, options: BuildOptions, stamp: string): Promise<void> {
  // Loaded only to build.
  const { Builder } = await import("fresh/dev");
  await new Builder(options).build();
  await Deno.writeTextFile(stampFile(root), stamp);
}

/** Serialises builds of processes that start together: the second finds it done. */
async function serialised(root: URL, work: () => Promise<void>): Promise<void> {
  using file = await Deno.open(new URL("deno.json", root));
  await file.lock(true);
  await work();
}

async function stampOf(root: URL): Promise<string> {
  const parts: string[] = [];
  for (const path of INPUTS) await stat(new URL(path, root), path, parts);
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(parts.join("\n")));
  return new Uint8Array(bytes).toHex();
}

/** Names, sizes and times suffice: a checkout or an edit changes them. */
async function stat(url: URL, path: string, parts: string[]): Promise<void> {
  if (/_test\.tsx?$/.test(path)) return;
  const info = await Deno.stat(url).catch(() => null);
  if (info === null) return;
  if (!info.isDirectory) {
    parts.push(`${path} ${info.size} ${info.mtime?.getTime()}`);
    return;
  }
  const entries = await Array.fromAsync(Deno.readDir(url));
  entries.sort((a, b) => a.name < b.name ? -1 : 1);
  for (const entry of entries) {
    await stat(new URL(`${url.href}/${entry.name}`), `${path}/${entry.name}`, parts);
  }
}
