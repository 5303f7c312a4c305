import type { StaticTable } from "./static_table.ts";

/** What the dev part, or a finished build, adds to an app. */
export interface Build {
  /** Changes when anything changes that is served. */
  id: string;
  root: string;
  routes: readonly RouteFile[];
  islands: readonly IslandFile[];
  /** The script that starts islands. */
  client: ClientScript;
  statics: StaticTable;
  dev: DevTools | null;
}

/** A file below routes/. */
export interface RouteFile {
  /** Relative to routes/, with extension. */
  path: string;
  module: LoadedModule;
}

/** A file that holds islands. */
export interface IslandFile {
  script: ClientScript;
  module: LoadedModule;
}

/** A script as the browser finds it. */
export interface ClientScript {
  /** Without base path. */
  url: string;
  /** What it imports. */
  imports: readonly string[];
}

/** A module's exports, or what was thrown when it was imported. */
export type LoadedModule =
  | { ok: true; exports: Readonly<Record<string, unknown>> }
  | { ok: false; error: unknown };

/** What the development server adds to responses. */
export interface DevTools {
  /** A script for every page. */
  script: string;
  /** Puts an error where the developer sees it. */
  explain(error: unknown, req: Request, res: Response): Promise<Response>;
}

/** Imports a module; a failure is kept for whoever needs the module. */
export async function loadModule(load: () => Promise<unknown>): Promise<LoadedModule> {
  try {
    const exports = await load();
    if (typeof exports !== "object" || exports === null) throw new TypeError("not a module");
    return { ok: true, exports: { ...exports } };
  } catch (error) {
    return { ok: false, error };
  }
}
