import { dirname, join, relative } from "node:path";

/** Imports among the program's modules and tests, by paths from the root. */
export type Imports = ReadonlyMap<string, readonly string[]>;

const IMPORT = /\bfrom\s+"([^"]+)"|\bimport\(?\s*"([^"]+)"/g;
const MOST_TESTS = 5;
const MOST_STEPS = 3;

/** Reads the imports of all modules in some folders. */
export async function readImports(root: string, folders: readonly string[]): Promise<Imports> {
  const imports = new Map<string, string[]>();
  const pending = [...folders];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for await (const { name, isDirectory } of Deno.readDir(join(root, folder))) {
      const path = `${folder}/${name}`;
      if (isDirectory) pending.push(path);
      else if (/\.tsx?$/.test(name)) {
        const text = await Deno.readTextFile(join(root, path));
        imports.set(
          path,
          [...text.matchAll(IMPORT)].flatMap(([, from, lazily]) => {
            const to = from ?? lazily ?? "";
            if (to.startsWith("@/")) return [to.slice(2)];
            return to.startsWith(".") ? [relative(".", join(dirname(path), to))] : [];
          }),
        );
      }
    }
  }
  return imports;
}

/**
 * The tests that import a module, nearest first: those beside it with its name, then by the steps
 * between them. Tests of the whole program are left out: they take too long for each mutant.
 */
export function testsOf(module: string, imports: Imports): string[] {
  const importers = new Map<string, string[]>();
  for (const [from, all] of imports) {
    for (const to of all) importers.set(to, [...importers.get(to) ?? [], from]);
  }
  const own = module.replace(/\.ts$/, "_test.ts");
  const found = new Set<string>(imports.has(own) ? [own] : []);
  const seen = new Set([module]);
  let reached = [module];
  for (let step = 0; step < MOST_STEPS; step++) {
    reached = reached.flatMap((each) => importers.get(each) ?? []).filter((each) => {
      const isNew = !seen.has(each);
      seen.add(each);
      return isNew;
    });
    for (const each of reached) if (/^lib\/.*_test\.ts$/.test(each)) found.add(each);
  }
  return [...found].slice(0, MOST_TESTS);
}
