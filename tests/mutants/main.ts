import { stop } from "esbuild";
import { join } from "node:path";
import { type Mutant, mutantsOf, randomBy, runsDifferently, sampled } from "./mutate.ts";
import { enteredLines } from "./entered.ts";
import { readImports, testsOf } from "./nearest_tests.ts";
import { MutantRuns } from "./runs.ts";

/*
 * Changes the pure rules of money, limits, sign-in, signature and dialogue at random places, and
 * runs the nearest tests: `deno task mutants [COUNT [SEED [COVERAGE]]]`. Prints the mutants that no
 * test noticed, and exits with 1 when more than 15% were. With a folder of coverage
 * (tests/soak/untested.ts) it also names the files of lib that no test entered.
 */

const ROOT = new URL("../../", import.meta.url).pathname;
const RULES = [
  /^lib\/metering\/rules\//,
  /^lib\/llm\/rules\/(prices|audio_input|image_tokens)\.ts$/,
  /^lib\/limits\/rules\//,
  /^lib\/admin\/rules\//,
  /^lib\/whatsapp\/twilio\/signature\.ts$/,
  /^lib\/whatsapp\/dialogue\/[^/]+$/,
];
const LEAST_KILLED = 0.85;
const WORKERS = 2;

function say(line: string): void {
  // deno-lint-ignore no-console -- a program for the terminal
  console.log(line);
}

const [count = "500", given, coverage] = Deno.args;
const seed = Number(given ?? crypto.getRandomValues(new Uint32Array(1))[0]);
const imports = await readImports(ROOT, ["lib", "tests", "routes", "components", "islands"]);
const isRule = (path: string) => RULES.some((rule) => rule.test(path)) && !/_test\.ts$/.test(path);
const rules = [...imports.keys()].filter(isRule).sort();

const texts = new Map<string, string>();
const all: Mutant[] = [];
for (const file of rules) {
  const text = await Deno.readTextFile(join(ROOT, file));
  texts.set(file, text);
  all.push(...mutantsOf(file, text));
}
say(`${all.length} places in ${rules.length} modules, seed ${seed}`);
const order = sampled(all, all.length, randomBy(seed));
const chosen: Mutant[] = [];
for (const mutant of order) {
  if (chosen.length >= Number(count)) break;
  if (await runsDifferently(texts.get(mutant.file) ?? "", mutant)) chosen.push(mutant);
}
const survivors: Mutant[] = [];
const queue = [...chosen];
const worker = async () => {
  await using runs = await MutantRuns.open(ROOT);
  for (let mutant = queue.pop(); mutant !== undefined; mutant = queue.pop()) {
    const text = texts.get(mutant.file) ?? "";
    if (await runs.kills(mutant, text, testsOf(mutant.file, imports))) continue;
    survivors.push(mutant);
    const { file, line, before, after } = mutant;
    say(`survived  ${file}:${line}  ${before} → ${after || "nothing"}`);
  }
};
await Promise.all(Array.from({ length: WORKERS }, worker));

if (coverage !== undefined) {
  for (const line of (await enteredLines(ROOT, coverage)).lines) say(line);
}
await stop();
const killed = chosen.length - survivors.length;
const percent = (100 * killed / Math.max(1, chosen.length)).toFixed(1);
say(`${killed} of ${chosen.length} killed (${percent}%), seed ${seed}`);
Deno.exit(killed >= LEAST_KILLED * chosen.length ? 0 : 1);
