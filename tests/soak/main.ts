import { PROOFS } from "./proofs.ts";
import { lineOf, prove } from "./running.ts";

/*
 * Runs the soak tests one after the other: `deno task soak`, or one with `deno task soak NAME
 * [SEED]`; `deno task soak list` lists them. Prints each seed, and exits with 1 when any failed.
 */

function say(line: string): void {
  // deno-lint-ignore no-console -- a program for the terminal
  console.log(line);
}

const [name, seed] = Deno.args;
const wanted = name === undefined ? PROOFS : PROOFS.filter((proof) => proof.name === name);
const chosen = seed === undefined ? null : Number(seed);
if (wanted.length === 0 || (chosen !== null && !Number.isSafeInteger(chosen))) {
  say("deno task soak [NAME [SEED]]");
  for (const proof of PROOFS) say(`  ${proof.name.padEnd(10)} ${proof.about}`);
  Deno.exit(name === "list" ? 0 : 2);
}

const outcomes = [];
for (const proof of wanted) {
  const seed = chosen ?? crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  const by = proof.seeded === false ? "" : `, seed ${seed}`;
  say(`\n${proof.name}: ${proof.about} (at most ${proof.minutes} minutes${by})`);
  const outcome = await prove(proof, seed);
  say(lineOf(outcome));
  outcomes.push(outcome);
}
if (outcomes.length > 1) say(["", ...outcomes.map(lineOf)].join("\n"));
Deno.exit(outcomes.every(({ result }) => result === "proved") ? 0 : 1);
