import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ask, repliesOf, TOOL } from "@/tests/support/asking.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { openingOf } from "@/tests/money/openings.ts";
import { checkTotals, readBooks } from "@/tests/money/books.ts";
import { fallbackChain } from "../../llm/fallback_chain.ts";
import type { Breakers } from "../../llm/breaker.ts";
import { type Part, type Provider, ProviderError, type ProviderFault } from "../../llm/provider.ts";
import { costOf, type Usage } from "../../llm/rules/prices.ts";
import { checkLedger } from "../../metering/ledger_check.ts";
import { repliesIn } from "../../metering/ledger.ts";
import { PaidCalls } from "../../metering/calls/paid_calls.ts";
import { RunningCalls } from "../../metering/calls/running_calls.ts";
import { meteringKeys } from "../../metering/records.ts";
import { storeKeys } from "../../store/records.ts";
import { chatKeys } from "../records.ts";
import { beginTurn } from "./begin_turn.ts";

const PRICE = { input: 150_000_000n, cachedInput: 75_000_000n, output: 600_000_000n };
const DEARER = { input: 1_500_000_000n, cachedInput: 750_000_000n, output: 6_000_000_000n };
const USAGE: Usage = { input: 40, cached: 0, output: 3, reasoning: 0 };

/** Fails before any text; may claim usage. */
function failing(name: string, fault: ProviderFault, usage?: Usage): Provider {
  return {
    name,
    simulated: false,
    async *stream(): AsyncGenerator<Part> {
      if (usage) yield { type: "usage", usage };
      throw new ProviderError(fault, `${name} failed`);
    },
  };
}

/** Replies once `may` resolves. */
function answering(name: string, may: Promise<void> = Promise.resolve()) {
  const asked = { times: 0 };
  const provider: Provider = {
    name,
    simulated: false,
    async *stream(): AsyncGenerator<Part> {
      asked.times++;
      await may;
      yield { type: "text", text: "Four." };
      yield { type: "usage", usage: USAGE };
      yield { type: "end", reason: "stop" };
    },
  };
  return { asked, provider };
}

const priceOf = (provider: string) => provider === "mock" ? PRICE : DEARER;

/** A world whose models are asked in this order. */
function worldOf(...members: Provider[]) {
  const provider = (breakers: Breakers) => fallbackChain(members, { priceOf, breakers });
  return openWorld({ provider, priceOf });
}

async function booksOf(world: World) {
  const { store, calendar, clock } = world.deps;
  const [total] = await store.ledger.days("tool", TOOL, [calendar.dayOf(clock())]);
  const entries = (await Array.fromAsync(store.ledger.all())).flat();
  assertEquals((await checkLedger(store)).difference, null);
  return { total, entries };
}

async function runningOf(world: World) {
  const { store } = world.deps;
  const [running] = await new RunningCalls(store).of(store.processes.self);
  assert.ok(running);
  return running;
}

Deno.test("Replies hold for the next provider before asking it, and book both attempts", async () => {
  const { promise: may, resolve: letIn } = Promise.withResolvers<void>();
  const { provider, asked } = answering("backup", may);
  const first = failing("mock", "broken");
  await using world = await worldOf(first, provider);
  await ask(world, "What is two and two?", { wait: false });
  await until("the backup to be asked", () => Promise.resolve(asked.times === 1));
  const running = await runningOf(world);
  const [failed, next] = running.attempts;
  assert.ok(failed?.state === "failed" && failed.cost && next?.state === "running");
  // The failed attempt holds its future booking, the next one its worst case.
  assertEquals([failed.hold, running.hold.amount], [failed.cost.usd, failed.hold + next.hold]);
  assertEquals((await booksOf(world)).total?.held, running.hold.amount);
  letIn();
  await until("the reply", async () => (await booksOf(world)).entries.length === 2);

  const { total, entries } = await booksOf(world);
  const reply = entries.find(({ turn }) => turn === running.turn);
  const attempt = entries.find(({ turn }) => turn === `${running.turn}.a1`);
  assertEquals([reply?.provider, reply?.usd, reply?.basis], [
    "backup",
    costOf(USAGE, DEARER),
    "reported",
  ]);
  assertEquals([attempt?.provider, attempt?.usd, attempt?.basis, attempt?.attempt], [
    "mock",
    failed.cost.usd,
    "estimated",
    1,
  ]);
  assert.ok(total && failed.cost.usd > 0n);
  const all = costOf(USAGE, DEARER) + failed.cost.usd;
  assertEquals([total.spent, total.held, total.holds, repliesIn(total)], [all, 0n, 0, 1]);
  const head = await world.deps.store.kv.get(chatKeys.head("v1", TOOL));
  assertEquals(head.value?.spent, all);
  assertEquals((await repliesOf(world)).length, 1);
  // ledger:verify accepts the attempt's entry.
  assert.ok(attempt);
  const key = meteringKeys.ledger(attempt.day, attempt.turn);
  await world.deps.store.transactions.run([], (tx) => tx.set(key, { ...attempt, attempt: 2 }));
  assert.match((await checkLedger(world.deps.store)).difference ?? "", /\.a1: .* failed attempt/);
  const logged = world.logged.filter(({ message }) => message === "A provider failed");
  assertEquals(logged.length, 1);
});

Deno.test("Replies book no attempt that cannot have been billed, and book one that claims usage by its claim", async () => {
  const { provider } = answering("backup");
  {
    await using world = await worldOf(failing("mock", "down"), provider);
    await ask(world, "What is two and two?");
    const { entries, total } = await booksOf(world);
    assertEquals(entries.map(({ provider }) => provider), ["backup"]);
    assertEquals([total?.spent, total?.held], [costOf(USAGE, DEARER), 0n]);
  }
  await using world = await worldOf(failing("mock", "down", { ...USAGE, output: 7 }), provider);
  await ask(world, "What is two and two?");
  const { entries } = await booksOf(world);
  const claimed = entries.find(({ attempt }) => attempt === 1);
  assertEquals([claimed?.usd, claimed?.basis], [
    costOf({ ...USAGE, output: 7 }, PRICE),
    "reported",
  ]);
});

Deno.test("Replies do not ask a provider without room in a budget, and fail as the attempt before", async () => {
  const { provider, asked } = answering("backup");
  await using world = await worldOf(failing("mock", "broken"), provider);
  const { tools } = world.deps.store;
  const tool = await tools.get(TOOL);
  assert.ok(tool);
  const ladder = { downgradeFrom: null, clamp: false };
  await tools.put({ ...tool, ceiling: 3_000_000n, maxTokens: 2_000, ladder });
  await ask(world, "What is two and two?");
  assertEquals(asked.times, 0);
  const { entries, total } = await booksOf(world);
  assertEquals(entries.map(({ provider, attempt }) => [provider, attempt]), [["mock", undefined]]);
  assertEquals([total?.spent, total?.held, total?.holds], [entries[0]?.usd, 0n, 0]);
  assert.ok(world.logged.some(({ message }) => message === "No budget for the next attempt"));
});

Deno.test("recoverTurns() books both attempts of a process that died in the second", async () => {
  await using files = await scratch();
  const turn = "of-the-dead";
  let failedFor = 0n;
  {
    await using world = await openWorld({ path: files.store });
    const { store } = world.deps;
    const { self } = store.processes;
    const input = openingOf({ turn, process: self, visitor: "v" });
    const begun = await beginTurn(store.transactions, input);
    assert.ok(begun.kind === "begun");
    const cost = { usd: 4_321n, basis: "estimated" as const };
    failedFor = cost.usd;
    const next = {
      provider: "backup",
      model: "backup-model",
      simulated: false,
      price: DEARER,
      hold: 9_000_000n,
    };
    const after = await new PaidCalls(world.deps).holdAttempt(begun.running, { cost, next });
    assert.ok(after !== null);
    assertEquals(after.hold.amount, cost.usd + next.hold);
    const from = meteringKeys.running(self, turn);
    await store.transactions.run([from], (tx) => {
      tx.delete(from);
      tx.set(meteringKeys.running("gone", turn), after);
      tx.set(storeKeys.process("gone"), { place: "elsewhere", pid: 1, expiresAt: 0 });
      tx.set(chatKeys.progress(turn), { text: "Two and two is", thinking: 0 });
    });
  }
  await using world = await openWorld({ path: files.store });
  using kv = await Deno.openKv(files.store);
  const books = await readBooks(kv);
  assertEquals([checkTotals(books), books.running, books.leftovers], [[], [], []]);
  assertEquals((await checkLedger(world.deps.store)).difference, null);
  const booked = books.entries.map(({ turn, model, provider }) => [turn, model, provider]);
  assertEquals(booked.toSorted(), [
    [turn, "backup-model", "backup"],
    [`${turn}.a1`, "gpt-4o-mini", "mock"],
  ]);
  assertEquals(books.entries.find(({ attempt }) => attempt === 1)?.usd, failedFor);
  assertEquals(books.heads.get("v tool-0")?.last?.notices, [{ code: "failed_over" }]);
});
