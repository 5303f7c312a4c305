import type { StaticTable } from "./static_table.ts";

/** Build output that is attached to an app. */
export interface Build {
  /** Changes with any served content. */
  id: string;
  root: string;
  routes: readonly RouteFile[];
  islands: readonly IslandFile[];
  /** Script that hydrates islands. */
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

interface IslandFile {
  script: ClientScript;
  module: LoadedModule;
}

/** A browser script. */
export interface ClientScript {
  /** Without base path. */
  url: string;
  /** URLs of its imports. */
  imports: readonly string[];
}

/** A module's exports, or the error of its import. */
export type LoadedModule =
  | { ok: true; exports: Readonly<Record<string, unknown>> }
  | { ok: false; error: unknown };

/** Additions of the development server to responses. */
export interface DevTools {
  /** Script added to every page. */
  script: string;
  /** Shows an error in the page. */
  explain(error: unknown, req: Request, res: Response): Promise<Response>;
}

/** Imports a module; keeps a failure as a value. */
export async function loadModule(load: () => Promise<unknown>): Promise<LoadedModule> {
  try {
    const exports = await load();
    if (typeof exports !== "object" || exports === null) throw new TypeError("not a module");
    return { ok: true, exports: { ...exports } };
  } catch (error) {
    return { ok: false, error };
  }
}
