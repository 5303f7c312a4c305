import { runCrowd } from "./crowd.ts";
import type { Ceilings } from "./inspector.ts";
import { fileStore, remoteStore, type TestStore } from "./stores.ts";

/*
 * Soak test: `deno run -A tests/money/full.ts [chats] [processes] [seed]`. Prints figures, and
 * exits with 1 on any error.
 */

const CENT = 10_000_000n;
const [chats = 10_000, processes = 4, seed = Date.now() % 1_000_000] = Deno.args.map(Number);

/** Runs one crowd and prints its figures; whether it had no errors. */
async function prove(name: string, store: TestStore, ceilings: Ceilings): Promise<boolean> {
  await using open = store;
  const { wrong, figures } = await runCrowd({
    path: open.path,
    chats,
    processes,
    seed,
    ceilings,
  });
  const counts = await open.counts();
  const lines = Object.entries({ ...figures, ...counts && { server: JSON.stringify(counts) } })
    .map(([what, value]) => `  ${what}: ${value}`);
  const verdict = wrong.length === 0 ? "nothing wrong" : `${wrong.length} WRONG`;
  say([`${name}: ${verdict}`, ...lines, ...wrong.slice(0, 20).map((w) => `  WRONG ${w}`)]);
  return wrong.length === 0;
}

function say(lines: readonly string[]): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${lines.join("\n")}\n\n`));
}

if (import.meta.main) {
  say([`seed ${seed}`]);
  const size = BigInt(chats);
  const one = { tools: { "money-a": 20n * CENT * size / 1_000n }, organisation: null };
  const two = {
    tools: { "money-a": 5n * CENT * size / 1_000n, "money-b": null },
    organisation: 13n * CENT * size / 1_000n,
  };
  const results = [
    await prove("One ceiling, one file", await fileStore(), one),
    await prove("Two ceilings at once, one file", await fileStore(), two),
    await prove("One ceiling, remote, 5% of answers lost", await remoteStore(0.05), one),
  ];
  Deno.exit(results.every(Boolean) ? 0 : 1);
}
