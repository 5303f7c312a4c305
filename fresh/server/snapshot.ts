import { type Build, type ClientScript, loadModule } from "./build.ts";
import { contentType, type StaticFile } from "./static_table.ts";

type Import = () => Promise<unknown>;

/** Serialised build of an app. */
export interface Snapshot {
  id: string;
  root: string;
  client: ClientScript;
  /** Path below routes/ and the module's import. */
  routes: readonly (readonly [path: string, load: Import])[];
  islands: readonly (readonly [script: ClientScript, load: Import])[];
  statics: readonly SnapshotFile[];
}

type SnapshotFile = readonly [
  path: string,
  source: URL | Uint8Array<ArrayBuffer>,
  hash: string,
  immutable: boolean,
];

/** Imports a snapshot's modules. */
export async function loadSnapshot(snapshot: Snapshot): Promise<Build> {
  const [routes, islands] = await Promise.all([
    Promise.all(
      snapshot.routes.map(async ([path, load]) => ({ path, module: await loadModule(load) })),
    ),
    Promise.all(
      snapshot.islands.map(async ([script, load]) => ({ script, module: await loadModule(load) })),
    ),
  ]);
  const statics = new Map<string, StaticFile>();
  for (const [path, source, hash, immutable] of snapshot.statics) {
    statics.set(path, { source, hash, immutable, type: contentType(path) });
  }
  const { id, root, client } = snapshot;
  return { id, root, client, routes, islands, statics, dev: null };
}
