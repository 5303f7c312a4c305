import { dirname, join, resolve } from "node:path";

/** Target of a bare specifier. */
export type Target =
  | { kind: "fresh"; subpath: string }
  | { kind: "npm"; specifier: string }
  | { kind: "file"; path: string }
  | { kind: "unknown" };

/** Resolves a bare specifier by the app's deno.json. */
export type ImportMap = (specifier: string) => Target;

const FRESH = "jsr:@fresh/core";
const VERSIONED = /^(@[^/]+\/[^@/]+|[^@/]+)(?:@[^/]+)?(\/.*)?$/;

/** Reads the import map of the nearest deno.json at or above a folder. */
export async function readImportMap(root: string): Promise<ImportMap> {
  const { dir, imports } = await nearest(root);
  // Longer keys are more specific.
  const keys = Object.keys(imports).sort((a, b) => b.length - a.length);
  return (specifier) => {
    if (/^(npm|jsr):/.test(specifier)) return target(specifier, "");
    for (const key of keys) {
      const value = imports[key];
      if (value === undefined) continue;
      if (specifier === key) return target(value, "");
      if (key.endsWith("/") && specifier.startsWith(key)) {
        return target(value, specifier.slice(key.length));
      }
      if (specifier.startsWith(key + "/") && /^(npm|jsr):/.test(value)) {
        return target(value, specifier.slice(key.length));
      }
    }
    return { kind: "unknown" };
  };

  function target(value: string, rest: string): Target {
    if (value.startsWith(FRESH)) {
      return { kind: "fresh", subpath: value.slice(FRESH.length).replace(/^@[^/]*/, "") + rest };
    }
    if (value.startsWith("npm:")) {
      const [, name = "", subpath = ""] = VERSIONED.exec(value.slice(4).replace(/^\//, "")) ?? [];
      return { kind: "npm", specifier: name + subpath + rest };
    }
    return /^\.{0,2}\//.test(value)
      ? { kind: "file", path: resolve(dir, value + rest) }
      : { kind: "unknown" };
  }
}

interface Imports {
  dir: string;
  imports: Record<string, string>;
}

async function nearest(root: string): Promise<Imports> {
  for (let dir = root;; dir = dirname(dir)) {
    const config: { imports?: Record<string, string> } | null = await readJson(
      join(dir, "deno.json"),
    );
    if (config?.imports !== undefined) return { dir, imports: config.imports };
    if (dir === dirname(dir)) return { dir: root, imports: {} };
  }
}

async function readJson<T>(path: string): Promise<T | null> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
