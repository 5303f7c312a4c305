import type { Build, ClientScript } from "../build.ts";
import { logError } from "../log.ts";

/** Reference to an island's script and export. */
export interface IslandRef {
  /** Name for messages. */
  name: string;
  /** Script and export, as JSON without brackets. */
  json: string;
  script: ClientScript;
}

/** Islands by component function. */
export interface IslandRegistry {
  islands: ReadonlyMap<unknown, IslandRef>;
  client: ClientScript;
  basePath: string;
}

const registries = new WeakMap<Build, Map<string, IslandRegistry>>();

/** Islands of a build, cached by base path. */
export function islandRegistry(build: Build, basePath: string): IslandRegistry {
  const byBase = registries.get(build) ?? new Map<string, IslandRegistry>();
  registries.set(build, byBase);
  const known = byBase.get(basePath);
  if (known !== undefined) return known;
  const islands = new Map<unknown, IslandRef>();
  for (const { script, module } of build.islands) {
    if (!module.ok) {
      logError(module.error);
      continue;
    }
    for (const [name, component] of Object.entries(module.exports)) {
      if (typeof component !== "function") continue;
      const json = `${JSON.stringify(basePath + script.url)},${JSON.stringify(name)}`;
      islands.set(component, { name: component.name || name, json, script });
    }
  }
  const registry = { islands, client: build.client, basePath };
  byBase.set(basePath, registry);
  return registry;
}
