import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Options of `new Builder()`. Paths are relative to `root`, absolute, or file URLs. */
export interface BuildOptions {
  root?: string;
  serverEntry?: string;
  outDir?: string;
  /** With several folders, the first that has a file wins. */
  staticDir?: string | string[];
  islandDir?: string;
  routeDir?: string;
  /** Browser targets in esbuild's syntax. */
  target?: string | string[];
  /** Files to exclude from routes and islands. */
  ignore?: RegExp[];
  /**
   * Islands with their own copies of the app's modules, so that sharing those splits no other
   * page's script. State of modules is not shared with them. Of this package only.
   */
  apart?: string[];
  /**
   * Writes the server as one CommonJS script, `server-HASH.cjs`, in place of `server.js`: it exports
   * all that `serverEntry` does, and `handlerOf(app)`. Modules may not await at their top level. Of
   * this package only. Its name is its text's hash: Deno keeps the compiled code of such a script by
   * its path and length, so that other text of the same length would not run.
   */
  bundle?: boolean;
}

/** Options with defaults filled in and absolute paths. */
export interface ResolvedBuildConfig extends Required<BuildOptions> {
  staticDir: string[];
  target: string[];
}

const TEST_FILES = /[._]test\.[mc]?[jt]sx?$/;

export function resolveConfig(options: BuildOptions): ResolvedBuildConfig {
  const root = resolve(path(options.root ?? Deno.cwd()));
  const inRoot = (given: string) => resolve(root, path(given));
  return {
    root,
    serverEntry: inRoot(options.serverEntry ?? "main.ts"),
    outDir: inRoot(options.outDir ?? "_fresh"),
    staticDir: [options.staticDir ?? "static"].flat().map(inRoot),
    islandDir: inRoot(options.islandDir ?? "islands"),
    routeDir: inRoot(options.routeDir ?? "routes"),
    target: [options.target ?? ["chrome99", "firefox99", "safari15"]].flat(),
    ignore: options.ignore ?? [TEST_FILES],
    apart: (options.apart ?? []).map(inRoot),
    bundle: options.bundle ?? false,
  };
}

function path(given: string): string {
  return given.startsWith("file:") ? fileURLToPath(given) : given;
}
