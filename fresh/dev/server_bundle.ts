import type { Loader, Plugin } from "esbuild";
import { extname, relative } from "node:path";
import type { ResolvedBuildConfig } from "./config.ts";
import { packageFolders, withEsbuild } from "./esbuild.ts";
import { readImportMap } from "./import_map.ts";
import { resolvePlugin } from "./resolve_plugin.ts";

const LOADERS: Record<string, Loader> = { ".ts": "ts", ".tsx": "tsx", ".js": "js", ".jsx": "jsx" };

/** Stands in the bundle for a module's own address. */
const ADDRESS = "__addressOf";
const HEAD = `"use strict";
// Made by the build. Do not change.
const ${ADDRESS} = (path) =>
  require("node:url").pathToFileURL(require("node:path").join(__dirname, path));
`;

/**
 * The server entry with all that it imports, routes and islands included, as one CommonJS script.
 * It is not minified, so that stack traces name functions, and can be read beside it.
 */
export async function bundleServer(
  { root, outDir, serverEntry }: ResolvedBuildConfig,
): Promise<string> {
  const importMap = await readImportMap(root);
  const { outputFiles, warnings } = await withEsbuild((esbuild) =>
    esbuild.build({
      stdin: {
        contents: `
          import { productionServer } from "fresh/internal";
          import { load } from "./snapshot.js";
          export * from ${JSON.stringify(serverEntry)};
          export const handlerOf = async (app) => productionServer(app, await load()).fetch;
        `,
        resolveDir: outDir,
      },
      absWorkingDir: root,
      write: false,
      bundle: true,
      format: "cjs",
      platform: "node",
      target: "esnext",
      banner: { js: HEAD },
      legalComments: "none",
      jsx: "automatic",
      jsxImportSource: "preact",
      tsconfigRaw: {},
      nodePaths: packageFolders(root),
      plugins: [addressPlugin(outDir), resolvePlugin(root, importMap, "server")],
      logLevel: "silent",
    })
  );
  const [problem] = warnings;
  if (problem !== undefined) {
    throw new Error(`${problem.location?.file ?? "The server"}: ${problem.text}`);
  }
  return ascii(outputFiles[0]?.text ?? "");
}

/** Gives `import.meta.url` and `.dirname` of the app's modules their values. */
function addressPlugin(outDir: string): Plugin {
  return {
    name: "address",
    setup(build) {
      build.onLoad({ filter: /\.[jt]sx?$/ }, async ({ path }) => {
        if (path.includes("/node_modules/")) return null;
        const code = await Deno.readTextFile(path);
        if (!code.includes("import.meta.")) return null;
        const place = JSON.stringify(relative(outDir, path));
        const contents = code
          .replace(/\bimport\.meta\.url\b/g, `${ADDRESS}(${place}).href`)
          .replace(/\bimport\.meta\.dirname\b/g, `${ADDRESS}(${place} + "/..").pathname`);
        return { contents, loader: LOADERS[extname(path)] };
      });
    },
  };
}

/**
 * Escapes the characters that esbuild leaves in regular expressions and comments: a single one
 * doubles the memory of the whole script.
 */
function ascii(code: string): string {
  return code.replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
