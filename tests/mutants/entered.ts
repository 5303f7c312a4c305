import { join } from "node:path";
import { hasCode } from "./mutate.ts";
import { readImports } from "./nearest_tests.ts";

/** A module's functions, and those of them that were called. */
export interface Entered {
  path: string;
  functions: number;
  called: number;
  /** Whether it was loaded at all: a module without functions is then entered. */
  loaded: boolean;
}

/** A module that was loaded in one process, as V8 writes it. */
interface Script {
  url: string;
  functions: { ranges: { startOffset: number; endOffset: number; count: number }[] }[];
}

/** Written in browsers only, whose coverage is not Deno's. */
const IN_BROWSERS = ["lib/shared/chat_session.ts"];

/** Entered files that are listed by their uncalled functions. */
const LISTED = 10;

/** Files read at once. */
const AT_ONCE = 64;

/**
 * How far tests enter modules, by the coverage that `deno test --coverage=FOLDER` and the processes
 * with `DENO_COVERAGE_DIR` wrote.
 * @param modules paths from the root
 */
export async function enteredBy(
  root: string,
  folder: string,
  modules: readonly string[],
): Promise<Entered[]> {
  /** By path: each function's place, and whether it was called. */
  const calls = new Map<string, Map<string, boolean>>();
  const paths = new Map(modules.map((path) => [join(root, path), path]));
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name)
    .filter((name) => name.endsWith(".json"));
  const reader = async () => {
    for (let name = names.pop(); name !== undefined; name = names.pop()) {
      const script: Script = JSON.parse(await Deno.readTextFile(join(folder, name)));
      const path = script.url.startsWith("file:")
        ? paths.get(decodeURIComponent(new URL(script.url).pathname))
        : undefined;
      if (path === undefined) continue;
      const known = calls.get(path) ?? new Map<string, boolean>();
      calls.set(path, known);
      // The first is the module itself, which runs when it is loaded.
      for (const { ranges: [whole] } of script.functions.slice(1)) {
        if (whole === undefined) continue;
        const place = `${whole.startOffset}-${whole.endOffset}`;
        known.set(place, known.get(place) === true || whole.count > 0);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return modules.map((path) => {
    const known = calls.get(path);
    const called = [...known?.values() ?? []].filter(Boolean).length;
    return { path, functions: known?.size ?? 0, called, loaded: known !== undefined };
  });
}

/** Whether a module was entered: any function called, or loaded where it has none. */
export function isEntered({ functions, called, loaded }: Entered): boolean {
  return functions > 0 ? called > 0 : loaded;
}

/** The files of lib that no test enters, with figures, as lines; those of types alone are left out. */
export async function enteredLines(
  root: string,
  folder: string,
): Promise<{ lines: string[]; left: number }> {
  const modules: string[] = [];
  for (const path of (await readImports(root, ["lib"])).keys()) {
    if (/_test\.tsx?$/.test(path) || IN_BROWSERS.includes(path)) continue;
    if (await hasCode(await Deno.readTextFile(join(root, path)))) modules.push(path);
  }
  const all = await enteredBy(root, folder, modules.sort());
  const left = all.filter((each) => !isEntered(each));
  const uncalled = ({ functions, called }: Entered) => functions - called;
  const least = all.filter((each) => isEntered(each) && uncalled(each) > 0)
    .toSorted((a, b) => uncalled(b) - uncalled(a)).slice(0, LISTED);
  const sum = (of: (each: Entered) => number) => all.reduce((total, each) => total + of(each), 0);
  const [functions, called] = [sum((each) => each.functions), sum((each) => each.called)];
  const percent = (100 * called / Math.max(1, functions)).toFixed(1);
  return {
    left: left.length,
    lines: [
      ...least.map(({ path, functions, called }) =>
        `tests call ${called} of ${functions} functions of ${path}`
      ),
      ...left.map(({ path, functions, loaded }) =>
        `no test enters ${path} (${loaded ? `0 of ${functions} functions called` : "never loaded"})`
      ),
      `tests enter ${all.length - left.length} of ${all.length} files of lib, ` +
      `and call ${called} of ${functions} functions (${percent}%)`,
    ],
  };
}
