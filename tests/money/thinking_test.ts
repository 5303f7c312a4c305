import { type Part, type Provider, ProviderError } from "@/lib/llm/provider.ts";
import { chatKeys } from "@/lib/chat/records.ts";
import type { AuxiliaryCall } from "@/lib/metering/call_records.ts";
import { meteringKeys } from "@/lib/metering/records.ts";
import { storeKeys } from "@/lib/store/records.ts";
import { beginTurn } from "@/lib/chat/turn/begin_turn.ts";
import { PaidCalls } from "@/lib/metering/calls/paid_calls.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { checkTotals, readBooks } from "./books.ts";
import { openingOf } from "./openings.ts";

/* Hidden thinking is paid for, however its reply ends. */

const DELTAS = 3_000;
const BYTES = 6;

/** Thinks, says a few words, and ends as asked; reports no usage. */
function thinker(end: "whole" | "broken" | "waits", text: string) {
  const { promise: thought, resolve: haveThought } = Promise.withResolvers<void>();
  const provider: Provider = {
    name: "mock",
    simulated: true,
    async *stream(_request, signal): AsyncGenerator<Part> {
      for (let i = 0; i < DELTAS; i++) yield { type: "thinking", bytes: BYTES };
      if (text !== "") yield { type: "text", text };
      if (end === "broken") throw new ProviderError("broken", "cut", { generated: true });
      if (end === "whole") return yield { type: "end", reason: "stop" };
      const stopped = new Promise((done) => signal.addEventListener("abort", done, { once: true }));
      haveThought();
      await stopped;
    },
  };
  return { provider, thought };
}

async function entryOf(world: World) {
  const [entry, ...more] = (await Array.fromAsync(world.deps.store.ledger.all())).flat();
  assert.ok(entry && more.length === 0);
  return entry;
}

for (const end of ["whole", "broken", "waits"] as const) {
  for (const text of ["", "Four."]) {
    const what = `${end === "waits" ? "stopped" : end}${text === "" ? ", without a word" : ""}`;
    Deno.test(`Replies: uncounted thinking is estimated by its bytes (${what})`, async () => {
      const { provider, thought } = thinker(end, text);
      await using world = await openWorld({ provider });
      const { tools } = world.deps.store;
      const tool = await tools.get(TOOL);
      assert.ok(tool);
      await tools.put({ ...tool, maxTokens: 8_192, ceiling: null });
      const asked = ask(world, "What is two and two?");
      if (end === "waits") {
        await thought;
        await world.services.chat.stop("v1", TOOL);
      }
      await asked;
      const { output, reasoning, basis, usd } = await entryOf(world);
      assertEquals(reasoning, DELTAS * BYTES / 3);
      assertEquals(output, reasoning + (text === "" ? 0 : 2));
      assertEquals(basis, end === "whole" ? "estimated" : "partial");
      assert.ok(usd > 6_000n * 500n);
    });
  }
}

/** The amount booked for a turn of a dead process, by its stored progress. */
async function bookedAfterDeath(model: string, kept: { text: string; thinking: number } | null) {
  await using files = await scratch();
  {
    await using world = await openWorld({ path: files.store });
    const { store } = world.deps;
    const process = "a-process-that-died";
    const asked = { provider: "mock", model, simulated: true };
    const wanted = {
      ...asked,
      price: { input: 150_000_000n, cachedInput: 0n, output: 600_000_000n },
    };
    await beginTurn(
      store.transactions,
      openingOf({ turn: "of-the-dead", process, visitor: "v", wanted, day: "2026-08-15" }),
    );
    await store.transactions.run([], (tx) => {
      tx.set(storeKeys.process(process), { place: "elsewhere", pid: 1, expiresAt: 0 });
      if (kept) tx.set(chatKeys.progress("of-the-dead"), kept);
    });
  }
  await using _world = await openWorld({ path: files.store });
  using kv = await Deno.openKv(files.store);
  const books = await readBooks(kv);
  assertEquals([checkTotals(books), books.running, books.leftovers], [[], [], []]);
  assertEquals([...books.days.values()].map(({ held }) => held).filter((held) => held > 0n), []);
  return books.entries.map(({ output, reasoning, basis }) => ({ output, reasoning, basis }));
}

Deno.test("recoverTurns() books a dead process's prompt, its thinking, and the bound where thinking is hidden", async () => {
  assertEquals(await bookedAfterDeath("gpt-4o-mini", null), [
    { output: 0, reasoning: 0, basis: "estimated" },
  ]);
  assertEquals(await bookedAfterDeath("gpt-4o-mini", { text: "", thinking: 900 }), [
    { output: 300, reasoning: 300, basis: "estimated" },
  ]);
  assertEquals(await bookedAfterDeath("gpt-5-mini", null), [
    { output: 1_000, reasoning: 0, basis: "estimated" },
  ]);
});

async function auxiliaryCall(world: World): Promise<AuxiliaryCall> {
  return await new PaidCalls(world.deps).hold({
    tool: TOOL,
    ceiling: null,
    channel: "whatsapp",
    provider: "openai",
    model: "whisper-1",
    simulated: false,
    visitor: null,
    worst: 500n,
  });
}

Deno.test("PaidCalls.endOrphan() books the worst case of a dead process's call, and nothing for a call that was never made", async () => {
  await using world = await openWorld();
  const { store } = world.deps;
  const paidCalls = new PaidCalls(world.deps);
  const own = await auxiliaryCall(world);
  await paidCalls.endOrphan(store.processes.self, own);
  assertEquals((await Array.fromAsync(store.ledger.all())).flat(), []);
  const other = await auxiliaryCall(world);
  const from = meteringKeys.running(store.processes.self, other.turn);
  await store.transactions.run([from], (tx) => {
    tx.delete(from);
    tx.set(meteringKeys.running("gone", other.turn), other);
  });
  await paidCalls.endOrphan("gone", other);
  await paidCalls.endOrphan("gone", other);
  const { usd, basis } = await entryOf(world);
  assertEquals([usd, basis], [500n, "estimated"]);
  const [day] = await store.ledger.days("tool", TOOL, [other.hold.day]);
  assertEquals([day?.spent, day?.held, day?.holds], [500n, 0n, 0]);
});

Deno.test("PaidCalls.settle() books the cost even if its accompanying writes fail", async () => {
  await using world = await openWorld();
  const paidCalls = new PaidCalls(world.deps);
  const call = await auxiliaryCall(world);
  await paidCalls.settle(call, { usd: 120n, basis: "reported" }, {
    also: () => {
      throw new Error("cannot be written");
    },
  });
  assertEquals((await entryOf(world)).usd, 120n);
});
