import type { Metafile } from "esbuild";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { ClientScript } from "../server/build.ts";
import { apartPlugin } from "./apart_plugin.ts";
import type { ResolvedBuildConfig } from "./config.ts";
import { envPlugin } from "./env_plugin.ts";
import { packageFolders, withEsbuild } from "./esbuild.ts";
import { readImportMap } from "./import_map.ts";
import { resolvePlugin } from "./resolve_plugin.ts";

/** Browser scripts. */
interface Bundle {
  /** Contents by file name. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
  client: ClientScript;
  islands(file: string): ClientScript;
}

/** Path prefix of scripts. */
export const SCRIPTS = "/_frsh/js/";

const CLIENT = fileURLToPath(new URL("../client.ts", import.meta.url));
const LIBRARIES = fileURLToPath(new URL("../client/libraries.ts", import.meta.url));

/** Bundles all islands at once, so that they share their modules. */
export async function bundle(
  config: ResolvedBuildConfig,
  islands: string[],
  isDev: boolean,
): Promise<Bundle> {
  const { root, target } = config;
  const outdir = join(root, "out");
  return await withEsbuild(async (esbuild) => {
    const result = await esbuild.build({
      entryPoints: entryPoints(islands),
      inject: [LIBRARIES],
      absWorkingDir: root,
      outdir,
      write: false,
      metafile: true,
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "browser",
      target,
      minify: !isDev,
      sourcemap: isDev ? "inline" : false,
      entryNames: "[name]-[hash]",
      chunkNames: "[name]-[hash]",
      legalComments: "none",
      charset: "utf8",
      jsx: "automatic",
      jsxImportSource: "preact",
      tsconfigRaw: {},
      define: { "process.env.NODE_ENV": isDev ? '"development"' : '"production"' },
      nodePaths: packageFolders(root),
      plugins: [
        envPlugin(),
        apartPlugin(config.apart),
        resolvePlugin(root, await readImportMap(root), "browser"),
      ],
      logLevel: "silent",
    });
    const scripts = clientScripts(result.metafile, root, outdir);
    const scriptOf = (file: string): ClientScript => {
      const script = scripts.get(file);
      if (script === undefined) throw new Error(`${file} was not bundled`);
      return script;
    };
    return {
      files: new Map(
        result.outputFiles.map(({ path, contents }) => [relative(outdir, path), contents.slice()]),
      ),
      client: scriptOf(CLIENT),
      islands: scriptOf,
    };
  });
}

/** Style sheets without comments and indentation; their contents by file. */
export async function minifySheets(
  files: readonly string[],
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  return await withEsbuild(async (esbuild) => {
    const sheets = files.map(async (file): Promise<[string, Uint8Array<ArrayBuffer>]> => {
      const text = await Deno.readTextFile(file);
      const { code } = await esbuild.transform(text, { loader: "css", minifyWhitespace: true });
      return [file, new TextEncoder().encode(code)];
    });
    return new Map(await Promise.all(sheets));
  });
}

function entryPoints(islands: string[]): { in: string; out: string }[] {
  const entries = islands.map((file, i) => {
    const name = relative(dirname(file), file).replace(/\.[^.]+$/, "").replace(/[^\w-]/g, "_");
    return { in: file, out: `${name}-${i}` };
  });
  return [{ in: CLIENT, out: "fresh" }, ...entries];
}

/** Scripts by entry file, each with its transitive imports. */
function clientScripts(
  { outputs }: Metafile,
  root: string,
  outdir: string,
): Map<string, ClientScript> {
  const url = (path: string) => SCRIPTS + relative(outdir, join(root, path));
  const importsOf = (path: string, seen: Set<string>): Set<string> => {
    for (const { path: imported, kind } of outputs[path]?.imports ?? []) {
      if (kind !== "import-statement" || seen.has(imported)) continue;
      importsOf(imported, seen.add(imported));
    }
    return seen;
  };
  const scripts = new Map<string, ClientScript>();
  for (const [path, { entryPoint }] of Object.entries(outputs)) {
    if (entryPoint === undefined) continue;
    const imports = [...importsOf(path, new Set())].map(url).sort();
    scripts.set(join(root, entryPoint), { url: url(path), imports });
  }
  return scripts;
}
