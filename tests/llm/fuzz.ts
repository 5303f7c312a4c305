import { fileStore } from "@/tests/money/stores.ts";
import { runProgram } from "./program.ts";

/*
 * Soak test: `deno run -A --lock=tests/deno.lock tests/llm/fuzz.ts [RUNS] [SEED] [ONLY]`, by
 * default 20,000 answers to one question each; exits with 1 on any failure. ONLY repeats a single
 * run, as the first of a conversation.
 */
const [runs = 20_000, seed = crypto.getRandomValues(new Uint16Array(1))[0] ?? 0, only] = Deno.args
  .map(Number);

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

say(`seed ${seed}`);
const store = await fileStore();
const { wrong, figures } = await runProgram({ path: store.path, runs, seed, only, say });
await store[Symbol.asyncDispose]();
for (const [name, value] of Object.entries(figures).toSorted()) say(`  ${name}: ${value}`);
for (const what of wrong.slice(0, 60)) say(`  WRONG ${what}`);
say(wrong.length === 0 ? "Nothing wrong" : `${wrong.length} wrong`);
Deno.exit(wrong.length === 0 ? 0 : 1);
