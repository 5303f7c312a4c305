import { join } from "node:path";
import { type Mutant, mutated } from "./mutate.ts";

/** Over it, a mutant runs for ever: its tests have noticed. */
const MOST_MS = 60_000;
/** What the rules and their tests are made of. */
const COPIED = ["lib", "tests", "fresh", "components", "islands", "static", "bench"];
const FILES = ["deno.json"];

/** Runs tests on mutants in a copy of the program, so that the original stays as it is. */
export class MutantRuns implements AsyncDisposable {
  private constructor(private readonly folder: string) {}

  static async open(root: string): Promise<MutantRuns> {
    const folder = await Deno.makeTempDir({ prefix: "mutants-" });
    const { success } = await new Deno.Command("cp", {
      args: ["-r", ...[...COPIED, ...FILES].map((each) => join(root, each)), folder],
    }).output();
    if (!success) throw new Error("The program cannot be copied");
    await Deno.symlink(join(root, "node_modules"), join(folder, "node_modules"));
    return new MutantRuns(folder);
  }

  /** Whether any test fails with a mutant; the nearest alone first, as most notice. */
  async kills(
    mutant: Mutant,
    text: string,
    [nearest, ...others]: readonly string[],
  ): Promise<boolean> {
    if (nearest === undefined) return false;
    const file = join(this.folder, mutant.file);
    await Deno.writeTextFile(file, mutated(text, mutant));
    try {
      return !await this.passes([nearest]) ||
        (others.length > 0 && !await this.passes(others));
    } finally {
      await Deno.writeTextFile(file, text);
    }
  }

  /** Whether the tests pass, as the program is now. */
  async passes(tests: readonly string[]): Promise<boolean> {
    const child = new Deno.Command(Deno.execPath(), {
      args: ["test", "-A", "--no-check", "--no-lock", "--cached-only", "--fail-fast", ...tests],
      cwd: this.folder,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const timer = setTimeout(() => child.kill("SIGKILL"), MOST_MS);
    const { success } = await child.status;
    clearTimeout(timer);
    return success;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}
