import fc from "fast-check";
import { cases, judge } from "./forgeries.ts";

/**
 * Soak test: `deno run -A --lock=tests/deno.lock tests/whatsapp/fuzz.ts [COUNT] [SEED]` puts COUNT
 * (1,000,000) bodies through the webhook's parsers; exits with 1 if a forged one was accepted, a
 * genuine one refused, or anything thrown.
 */
const count = Number(Deno.args[0] ?? 1_000_000);
const seed = Number(Deno.args[1] ?? crypto.getRandomValues(new Int32Array(1))[0]);
const start = performance.now();
const result = await fc.check(
  fc.asyncProperty(cases, async (each) => {
    const wrong = await judge(each);
    if (wrong !== null) throw new Error(wrong);
  }),
  { numRuns: count, seed, endOnFailure: false },
);
const seconds = (performance.now() - start) / 1000;
const lines = [
  `${result.numRuns} cases, seed ${seed}: ${result.failed ? "FAILED" : "none misjudged"}`,
  `${(seconds / (result.numRuns / 100_000)).toFixed(1)} s for each 100,000`,
  ...(result.failed ? [fc.defaultReportMessage(result) ?? ""] : []),
];
// deno-lint-ignore no-console -- the output of a script run by hand
console.log(lines.join("\n"));
Deno.exit(result.failed ? 1 : 0);
