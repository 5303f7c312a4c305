import type { ModelRequest, Part, Provider } from "@/lib/llm/provider.ts";
import { timeMoney } from "@/tests/money/inspector.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { countStoreCalls, fillLedger, type StoreCalls } from "./money_store.ts";
import { median, quantile } from "./statistics.ts";

/* Cost of exact accounting: `deno run -A bench/money.ts [entries]`. */

const TOOL = "general-assistant";

/** The cost summary with few and many ledger entries. */
interface SummaryFigures {
  entries: [few: number, many: number];
  /** Store calls of one summary. */
  reads: [few: string, many: string];
  /** Median of a summary in µs. */
  us: [few: number, many: number];
  ratio: number;
}

/** Share of cost accounting in a chat. */
interface PathFigures {
  atOnce: number;
  chats: number;
  chatsPerSecond: number;
  /** A whole chat with an instant provider, and the wait for its two commits; medians. */
  chatMs: number;
  beginMs: number;
  settleMs: number;
  /** Share of the two waits in all chats' time. */
  share: number;
  begin99Ms: number;
  settle99Ms: number;
  commitsPerChat: number;
  /** Reads of single keys, of batches, and of ranges. */
  readsPerChat: number;
}

let calls: StoreCalls | undefined;

/** Reads summaries of two stores in turn, so that other load affects both alike. */
async function summaryFigures(many = 1_000_000, few = 100): Promise<SummaryFigures> {
  calls ??= countStoreCalls();
  const folder = await Deno.makeTempDir({ prefix: "bench-money-" });
  const today = new Date().toISOString().slice(0, 10);
  const noon = Date.parse(`${today}T12:00:00Z`);
  const worlds: World[] = [];
  for (const count of [few, many]) {
    const path = `${folder}/${count}.sqlite`;
    await fillLedger(path, count, today);
    worlds.push(await openWorld({ path, clock: () => noon }));
  }
  const times: number[][] = worlds.map(() => []);
  const reads = worlds.map(() => "");
  for (let round = 0; round < 400; round++) {
    for (const [i, world] of worlds.entries()) {
      const before = { ...calls };
      const began = performance.now();
      for (let n = 0; n < 5; n++) await world.services.costSummary(TOOL);
      times[i]?.push((performance.now() - began) * 200);
      // Tools are checked periodically: the most frequent count is the summary's own.
      if (round === 399) reads[i] = difference(before, calls);
    }
  }
  for (const world of worlds) await world[Symbol.asyncDispose]();
  await Deno.remove(folder, { recursive: true });
  const [a = NaN, b = NaN] = times.map(median);
  return {
    entries: [few, many],
    reads: [reads[0] ?? "", reads[1] ?? ""],
    us: [a, b],
    ratio: b / a,
  };
}

/** Chats of new or returning visitors with the given concurrency, on a file. */
async function pathFigures(
  atOnce: number,
  chats: number,
  returning = false,
): Promise<PathFigures> {
  calls ??= countStoreCalls();
  const folder = await Deno.makeTempDir({ prefix: "bench-money-" });
  const world = await openWorld({ path: `${folder}/kv.sqlite`, provider: instant });
  const { tools, transactions } = world.deps.store;
  const tool = await tools.get(TOOL);
  if (tool) await tools.put({ ...tool, ceiling: null });
  await Promise.all(Array.from({ length: atOnce }, (_, i) => chat(world, `visitor-${i}`, "warm")));
  const waits = timeMoney(transactions);
  const before = { ...calls };
  const groups = transactions.counts.groups;
  const times: number[] = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(Array.from({ length: atOnce }, async (_, i) => {
    while (next < chats) {
      const request = `request-${next++}`;
      const start = performance.now();
      await chat(world, returning ? `visitor-${i}` : request, request);
      times.push(performance.now() - start);
    }
  }));
  const ms = performance.now() - began;
  const reads = calls.get + calls.getMany + calls.list - before.get - before.getMany - before.list;
  const commits = transactions.counts.groups - groups;
  await world[Symbol.asyncDispose]();
  await Deno.remove(folder, { recursive: true });
  const waited = [...waits.begin, ...waits.settle].reduce((sum, wait) => sum + wait, 0);
  return {
    atOnce,
    chats,
    chatsPerSecond: chats / ms * 1000,
    chatMs: median(times),
    beginMs: median(waits.begin),
    settleMs: median(waits.settle),
    share: waited / times.reduce((sum, time) => sum + time, 0),
    begin99Ms: quantile(waits.begin, 0.99),
    settle99Ms: quantile(waits.settle, 0.99),
    commitsPerChat: commits / chats,
    readsPerChat: reads / chats,
  };
}

async function chat(world: World, visitor: string, request: string): Promise<void> {
  const { live } = await world.services.chat.startTurn({
    visitor,
    tool: TOOL,
    request,
    channel: "web",
    action: { kind: "send", message: "What is a key term?" },
    rateLimitKey: null,
  });
  await live?.ended(60_000);
}

const instant: Provider = { name: "mock", simulated: true, stream: reply };

async function* reply(_request: ModelRequest, _signal: AbortSignal): AsyncGenerator<Part> {
  for (let word = 0; word < 20; word++) yield { type: "text", text: `word${word} ` };
  yield { type: "usage", usage: { input: 300, cached: 0, output: 40, reasoning: 0 } };
  yield { type: "end", reason: "stop" };
  await Promise.resolve();
}

function difference(before: StoreCalls, after: StoreCalls): string {
  const { get, getMany, list } = after;
  return [get - before.get, getMany - before.getMany, list - before.list]
    .map((count, i) => `${count / 5} ${["get", "getMany", "list"][i]}`).join(", ");
}

function say(title: string, figures: object): void {
  const lines = Object.entries(figures).map(([name, value]) => {
    const text = [value].flat().map((v) => typeof v === "number" ? Math.round(v * 1000) / 1000 : v);
    return `  ${name}: ${text.join(" → ")}`;
  });
  Deno.stdout.writeSync(new TextEncoder().encode(`${title}\n${lines.join("\n")}\n`));
}

if (import.meta.main) {
  const [many = 1_000_000] = Deno.args.map(Number);
  for (const [atOnce, chats] of [[1, 500], [32, 4_000], [256, 8_000]] as const) {
    say(`Money path, new visitors, ${atOnce} at a time`, await pathFigures(atOnce, chats));
    const again = await pathFigures(atOnce, chats, true);
    say(`Money path, returning visitors, ${atOnce} at a time`, again);
  }
  say("Cost summary", await summaryFigures(many));
}
