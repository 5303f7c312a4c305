import type { Loader, Plugin } from "esbuild";
import { extname } from "node:path";

const READ =
  /\bDeno\.env\.get\(\s*(["'`])(FRESH_PUBLIC_\w+)\1\s*\)|\bprocess\.env\.(FRESH_PUBLIC_\w+)/g;
const LOADERS: Record<string, Loader> = { ".ts": "ts", ".tsx": "tsx", ".js": "js", ".jsx": "jsx" };

/** Inlines public environment variables into browser code. */
export function envPlugin(): Plugin {
  return {
    name: "public-env",
    setup(build) {
      build.onLoad({ filter: /\.[jt]sx?$/ }, async ({ path }) => {
        if (path.includes("/node_modules/")) return null;
        const code = await Deno.readTextFile(path);
        if (!code.includes("FRESH_PUBLIC_")) return null;
        const contents = code.replace(
          READ,
          (_, __, a?: string, b?: string) =>
            JSON.stringify(Deno.env.get(a ?? b ?? "")) ?? "(void 0)",
        );
        return { contents, loader: LOADERS[extname(path)] ?? "tsx" };
      });
    },
  };
}
