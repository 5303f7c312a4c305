import type { Proof } from "./proofs.ts";

/** The outcome of a soak test. */
export interface Outcome {
  name: string;
  seed: number | null;
  seconds: number;
  result: "proved" | "FAILED" | "OUT OF TIME";
}

/** Time to end after SIGTERM, before it is killed. */
const GRACE_MS = 5_000;

/** Runs a soak test in a separate process with inherited output, and enforces its time limit. */
export async function prove(proof: Proof, seed: number): Promise<Outcome> {
  const { name, file, args, seeded = true, minutes } = proof;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--lock=tests/deno.lock", file, ...args(seed)],
    cwd: new URL("../../", import.meta.url),
    // Closed when this process ends.
    stdin: "null",
  }).spawn();
  const began = performance.now();
  let late = false;
  let killing: ReturnType<typeof setTimeout> | undefined;
  const limit = setTimeout(() => {
    late = true;
    child.kill("SIGTERM");
    killing = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  }, minutes * 60_000);
  const { success } = await child.status;
  clearTimeout(limit);
  clearTimeout(killing);
  const seconds = (performance.now() - began) / 1_000;
  const result = late ? "OUT OF TIME" : success ? "proved" : "FAILED";
  return { name, seed: seeded ? seed : null, seconds, result };
}

export function lineOf({ name, seed, seconds, result }: Outcome): string {
  const by = seed === null ? "" : `  seed ${seed}`;
  return `${name.padEnd(10)} ${result.padEnd(12)} ${seconds.toFixed(1).padStart(7)} s${by}`;
}
