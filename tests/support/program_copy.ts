import { fileURLToPath, pathToFileURL } from "node:url";
import { assert } from "./assert.ts";

const ROOT = new URL("../../", import.meta.url);
const PARTS = [
  "components",
  "deno.json",
  "deno.lock",
  "dev.ts",
  "fresh",
  "fresh.config.ts",
  "islands",
  "lib",
  "main.ts",
  "routes",
  "serve.ts",
  "static",
];

/** Another version of the program, built. */
export interface ProgramCopy extends AsyncDisposable {
  root: URL;
}

/** A change of one file: what stands there, and in its place. */
type Change = [file: string, from: string, to: string];

/** Copies the program, changes it and builds it. */
export async function copyProgram(changes: readonly Change[]): Promise<ProgramCopy> {
  const folder = await Deno.makeTempDir({ prefix: "obt-helper-version-" });
  const root = new URL(`${pathToFileURL(folder).href}/`);
  const parts = PARTS.map((part) => fileURLToPath(new URL(part, ROOT)));
  await run("cp", ["-r", ...parts, folder]);
  await Deno.symlink(fileURLToPath(new URL("node_modules", ROOT)), `${folder}/node_modules`);
  for (const [file, from, to] of changes) {
    const text = await Deno.readTextFile(new URL(file, root));
    assert.ok(text.includes(from), `${file} has no ${from}`);
    await Deno.writeTextFile(new URL(file, root), text.replace(from, to));
  }
  await run(Deno.execPath(), ["run", "-A", "--cached-only", `${folder}/dev.ts`, "build"], folder);
  return {
    root,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

async function run(program: string, args: string[], cwd?: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args, cwd }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}
