import { build, type Plugin, stop } from "esbuild";

/**
 * Makes one program of the server that Fresh's builder wrote (`server.js`) and of all the
 * modules that it imports: `product.js` beside it, with parts for what is imported when it runs.
 * npm's packages stay outside. Why, and what it costs: docs/decisions/0011-a-bundled-server.md.
 *
 * @param root the project's folder, with a slash at its end
 * @param outDir the build's folder in it
 * @throws esbuild's error, which names the place, where a module cannot be read or resolved
 */
export async function bundleServer(root: string, outDir: string): Promise<void> {
  try {
    await build({
      entryPoints: [{ in: `${outDir}/server.js`, out: "product" }],
      absWorkingDir: root,
      outdir: outDir,
      // All in one folder: addresses relative to it are those of the modules it was made from.
      chunkNames: "product-[name]-[hash]",
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "neutral",
      target: "esnext",
      // One byte a character, where the engine would take two for all of a text with one "→".
      charset: "ascii",
      sourcemap: false,
      legalComments: "none",
      jsx: "automatic",
      jsxImportSource: "preact",
      tsconfigRaw: {},
      plugins: [ownModules(root)],
      logLevel: "silent",
    });
  } finally {
    await stop();
  }
}

/** Own modules go into the bundle, by path or by the import map's `@/`; all else stays outside. */
function ownModules(root: string): Plugin {
  return {
    name: "own-modules",
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
        if (kind === "entry-point") return null;
        if (path.startsWith("@/")) return { path: root + path.slice("@/".length) };
        return { path, external: true };
      });
    },
  };
}
