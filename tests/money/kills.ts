import { runKills } from "./killing.ts";
import { fileStore } from "./stores.ts";

/*
 * Soak test: `deno run -A tests/money/kills.ts [single] [double] [seed]`, by default 150 kills of
 * the only process and 50 rounds with two.
 */

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main) {
  const [single = 150, double = 50, seed = Date.now() % 1_000_000] = Deno.args.map(Number);
  await using store = await fileStore();
  say(`seed ${seed}`);
  const { wrong, figures } = await runKills({
    path: store.path,
    seed,
    single,
    double,
    chats: 15,
    say,
  });
  for (const [name, value] of Object.entries(figures)) say(`  ${name}: ${value}`);
  for (const what of wrong.slice(0, 30)) say(`  WRONG ${what}`);
  say(wrong.length === 0 ? "Nothing wrong" : `${wrong.length} wrong`);
  Deno.exitCode = wrong.length === 0 ? 0 : 1;
}
