import type { OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from "esbuild";
import { fileURLToPath } from "node:url";
import type { ImportMap } from "./import_map.ts";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const RUNTIME = fileURLToPath(new URL("../runtime.ts", import.meta.url));
// Must be single copies: hooks and signals do not work across duplicates.
const SINGLETONS = /^(?:preact|@preact\/signals)(?:\/|$)/;
/** Modules of this package by the subpath that code on the server imports. */
const DOORS: Readonly<Record<string, string>> = {
  "": "mod.ts",
  "/runtime": "runtime.ts",
  "/internal": "internal.ts",
};
const DONE = "resolved by the import map";

/**
 * Resolves imports by the app's import map. For the server, packages that the app imports with
 * `import()` are left out of the bundle, and are loaded when they are first needed.
 */
export function resolvePlugin(
  root: string,
  importMap: ImportMap,
  side: "browser" | "server",
): Plugin {
  return {
    name: "import-map",
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, (args) => {
        if (args.kind === "entry-point" || args.pluginData === DONE) return null;
        return resolve(build, args);
      });
    },
  };

  function resolve(
    build: PluginBuild,
    args: OnResolveArgs,
  ): OnResolveResult | Promise<OnResolveResult> | null {
    const { path, importer } = args;
    if (SINGLETONS.test(path) || importer.startsWith(PACKAGE)) {
      return inNodeModules(build, args, path);
    }
    if (importer.includes("/node_modules/")) return null;
    const target = importMap(path);
    switch (target.kind) {
      case "npm":
        if (side === "server" && args.kind === "dynamic-import") return { path, external: true };
        return inNodeModules(build, args, target.specifier);
      case "file":
        return { path: target.path };
      case "fresh":
        if (side === "server") return door(target.subpath);
        if (target.subpath === "/runtime") return { path: RUNTIME, sideEffects: false };
        return failure(`Code for the browser may import "fresh/runtime", but not "${path}"`);
      case "unknown":
        if (side === "server") return null;
        if (/^(?:node|jsr|https?|data):/.test(path)) {
          return failure(`"${path}" is not available in the browser`);
        }
        return null;
    }
  }

  function inNodeModules(
    build: PluginBuild,
    { kind, importer }: OnResolveArgs,
    path: string,
  ): Promise<OnResolveResult> {
    return build.resolve(path, { kind, importer, resolveDir: root, pluginData: DONE });
  }
}

function door(subpath: string): OnResolveResult {
  const file = DOORS[subpath];
  return file === undefined
    ? failure(`Code for the server may not import "fresh${subpath}"`)
    : { path: PACKAGE + file };
}

function failure(text: string): OnResolveResult {
  return { errors: [{ text }] };
}
