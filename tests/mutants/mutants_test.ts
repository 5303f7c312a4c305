import { stop } from "esbuild";
import { scratch } from "@/tests/support/scratch.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { enteredLines } from "./entered.ts";
import { mutantsOf, mutated, randomBy, runsDifferently, sampled } from "./mutate.ts";
import { readImports, testsOf } from "./nearest_tests.ts";
import { MutantRuns } from "./runs.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const changes = (text: string) =>
  mutantsOf("a.ts", text).map(({ before, after }) => `${before}→${after}`);

Deno.test("mutantsOf() changes operators, numbers and negations", () => {
  assertEquals(changes("if (a < 10n && !b) return true;"), [
    "<→<=",
    "<→>=",
    "10n→11n",
    "10n→9n",
    "&&→||",
    "!→",
    "true→false",
  ]);
  assertEquals(changes("const most = 1_000;"), ["1_000→1001", "1_000→999"]);
});

Deno.test("mutantsOf() leaves comments, texts and patterns as they are", () => {
  assertEquals(changes('// 1 < 2\n/* a && b */ const a = "3 > 4"; const b = /5 || 6/;'), []);
  assertEquals(changes("const a = `7 + 8`;"), []);
});

Deno.test("mutated() changes one place; runsDifferently() tells types and invalid text from code", async () => {
  const text = "type A = { n: 1 };\nexport const a = (n: number) => n < 1;\n";
  const mutants = mutantsOf("a.ts", text);
  const different = [];
  for (const mutant of mutants) {
    if (await runsDifferently(text, mutant)) different.push(mutated(text, mutant).split("\n")[1]);
  }
  await stop();
  assertEquals(different, [
    "export const a = (n: number) => n <= 1;",
    "export const a = (n: number) => n >= 1;",
    "export const a = (n: number) => n < 2;",
    "export const a = (n: number) => n < 0;",
  ]);
});

Deno.test("sampled() takes the same by the same seed, each once", () => {
  const all = Array.from({ length: 50 }, (_, i) => i);
  const some = sampled(all, 20, randomBy(3));
  assertEquals(some, sampled(all, 20, randomBy(3)));
  assertEquals([some.length, new Set(some).size], [20, 20]);
  assertEquals(sampled(all, 99, randomBy(3)).toSorted((a, b) => a - b), all);
});

Deno.test("testsOf() has a module's own test first, then those that import it", async () => {
  const imports = await readImports(ROOT, ["lib", "tests"]);
  const tests = testsOf("lib/limits/rules/rate.ts", imports);
  assertEquals(tests[0], "lib/limits/rules/rate_test.ts");
  const importing = testsOf("lib/llm/rules/speech_price.ts", imports);
  assert.ok(importing.length > 0);
});

Deno.test("MutantRuns.kills() tells a change that a test notices from one that none does", async () => {
  await using runs = await MutantRuns.open(ROOT);
  const file = "lib/llm/rules/audio_input.ts";
  const text = await Deno.readTextFile(`${ROOT}${file}`);
  const change = (before: string, after: string) => ({
    file,
    at: text.indexOf(before),
    line: 0,
    before,
    after,
  });
  const own = ["lib/llm/rules/audio_input_test.ts"];
  assert.ok(await runs.kills(change("seconds + SPARE", "seconds - SPARE"), text, own));
  assert.ok(
    !await runs.kills(change('["wav", "mp3"];', '["mp3", "wav"];'), text, own),
  );
});

Deno.test("enteredLines() names files that no test enters, with figures, and no file of types alone", async () => {
  await using files = await scratch();
  const { folder } = files;
  const program: Record<string, string> = {
    "lib/used.ts": "export const used = () => 1;\nexport const other = () => 2;\n",
    "lib/loaded.ts": "export function loaded() {\n  return 3;\n}\nexport class A { b() {} }\n",
    "lib/constant.ts": "export const constant = 4;\n",
    "lib/never.ts": "export const never = () => 5;\n",
    "lib/types.ts": "import type { A } from './loaded.ts';\nexport type Types = A;\n",
    "lib/used_test.ts": [
      'import { used } from "./used.ts";',
      'import { loaded } from "./loaded.ts";',
      'import { constant } from "./constant.ts";',
      "Deno.test('used', () => void [used(), loaded.name, constant]);",
    ].join("\n"),
  };
  await Deno.mkdir(`${folder}/lib`);
  for (const [path, text] of Object.entries(program)) {
    await Deno.writeTextFile(`${folder}/${path}`, text);
  }
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--no-check", "--no-lock", `--coverage=${folder}/coverage`, "lib"],
    cwd: folder,
    stdout: "null",
    stderr: "null",
  }).output();
  assert.ok(success);
  const { lines, left } = await enteredLines(`${folder}/`, `${folder}/coverage`);
  await stop();
  assertEquals(lines, [
    "tests call 1 of 2 functions of lib/used.ts",
    "no test enters lib/loaded.ts (0 of 2 functions called)",
    "no test enters lib/never.ts (never loaded)",
    "tests enter 2 of 4 files of lib, and call 1 of 4 functions (25.0%)",
  ]);
  assertEquals(left, 2);
});
