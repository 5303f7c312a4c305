import type { Loader, Plugin } from "esbuild";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";

const APART = "?apart";
const LOADERS: Record<string, Loader> = { ".ts": "ts", ".tsx": "tsx" };

/**
 * Gives some islands their own copies of the app's modules, packages excepted. A module that two
 * islands share becomes a file of its own, which costs the smaller page bytes and a request.
 */
export function apartPlugin(islands: readonly string[]): Plugin {
  return {
    name: "apart",
    setup(build) {
      if (islands.length === 0) return;
      build.onResolve({ filter: /^\./ }, ({ path, resolveDir, importer, pluginData, kind }) => {
        if (pluginData !== APART && !islands.includes(importer)) return null;
        const file = join(resolveDir, path);
        if (kind !== "import-statement" || !(extname(file) in LOADERS) || !existsSync(file)) {
          return null;
        }
        return { path: file, suffix: APART };
      });
      build.onLoad({ filter: /\.tsx?$/ }, async ({ path, suffix }) =>
        suffix === APART
          ? {
            contents: await readFile(path),
            loader: LOADERS[extname(path)],
            pluginData: APART,
            resolveDir: join(path, ".."),
          }
          : null);
    },
  };
}
