import { join, relative } from "node:path";
import type { ResolvedBuildConfig } from "./config.ts";

/** Source files of an app: absolute paths, in a stable order. */
interface SourceFiles {
  routes: string[];
  islands: string[];
  /** By path below the static folder; the first folder wins. */
  statics: Map<string, string>;
}

const CODE = /\.[jt]sx?$/;

/** Finds routes, islands and static files. */
export async function crawl(config: ResolvedBuildConfig): Promise<SourceFiles> {
  const { routeDir, islandDir, staticDir, ignore } = config;
  const isCode = (file: string) => CODE.test(file) && !ignore.some((pattern) => pattern.test(file));
  const inRoutes = (await filesBelow(routeDir)).filter(isCode);
  const folders = (file: string) => relative(routeDir, file).split("/").slice(0, -1);
  const statics = new Map<string, string>();
  for (const dir of staticDir) {
    for (const file of await filesBelow(dir)) {
      const path = relative(dir, file);
      if (!isHidden(path) && !statics.has(path)) statics.set(path, file);
    }
  }
  return {
    routes: inRoutes.filter((file) => !folders(file).some((name) => /^\(_.*\)$/.test(name))),
    islands: [
      ...(await filesBelow(islandDir)).filter(isCode),
      ...inRoutes.filter((file) => folders(file).includes("(_islands)")),
    ],
    statics: new Map([...statics].sort(([a], [b]) => a < b ? -1 : 1)),
  };
}

async function filesBelow(dir: string): Promise<string[]> {
  const files: string[] = [];
  try {
    for await (const entry of Deno.readDir(dir)) {
      const path = join(dir, entry.name);
      if (entry.isDirectory) files.push(...await filesBelow(path));
      else files.push(path);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files.sort();
}

function isHidden(path: string): boolean {
  return path.split("/").some((name) => name.startsWith(".") && name !== ".well-known");
}
