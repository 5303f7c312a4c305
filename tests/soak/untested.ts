import { stop } from "esbuild";
import { enteredLines } from "@/tests/mutants/entered.ts";

/*
 * Names the files of lib that no test enters: runs all tests but the browser's with coverage, or reads the coverage in FOLDER: `deno run -A
 * --lock=tests/deno.lock tests/soak/untested.ts [FOLDER]`. Exits with 1 when there is any such file.
 */

const ROOT = new URL("../../", import.meta.url).pathname;
const LEFT_OUT = ["browser", "mutants", "soak"];

function say(line: string): void {
  // deno-lint-ignore no-console -- a program for the terminal
  console.log(line);
}

/** Runs the tests; servers that they start write their coverage into the same folder. */
async function cover(folder: string): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [
      "test",
      "-A",
      "--no-check",
      "--parallel",
      "--lock=tests/deno.lock",
      `--coverage=${folder}`,
      `--ignore=${LEFT_OUT.map((name) => `tests/${name}`).join()}`,
      "lib",
      "tests",
    ],
    cwd: ROOT,
    env: { DENO_COVERAGE_DIR: folder, DENO_JOBS: Deno.env.get("DENO_JOBS") ?? "3", NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).output();
  if (!success) say("some tests failed, as they may under coverage");
}

const [given] = Deno.args;
const folder = given ?? await Deno.makeTempDir({ prefix: "coverage-" });
if (given === undefined) await cover(folder);
const { lines, left } = await enteredLines(ROOT, folder);
await stop();
for (const line of lines) say(line);
if (given === undefined) await Deno.remove(folder, { recursive: true });
Deno.exit(left === 0 ? 0 : 1);
