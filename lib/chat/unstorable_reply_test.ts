import { EventBus } from "../platform/event_bus.ts";
import { RunningCalls } from "../metering/calls/running_calls.ts";
import { participantsOf } from "../deletion.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import type { Provider } from "../llm/provider.ts";
import { chatKeys } from "./records.ts";
import { meteringKeys } from "../metering/records.ts";
import { interrupted } from "./failures.ts";
import { settleOrTruncate } from "./turn/settle_or_truncate.ts";
import { PaidCalls } from "../metering/calls/paid_calls.ts";

const TOOL = "general-assistant";

function ask(world: World, visitor: string, tool = TOOL) {
  return world.services.chat.startTurn({
    visitor,
    tool,
    request: `request-of-${visitor}`,
    channel: "web",
    action: { kind: "send", message: "What is a key term?" },
    rateLimitKey: null,
  });
}

async function dayOf(world: World) {
  const { calendar, clock, store } = world.deps;
  const [total] = await store.ledger.days("tool", TOOL, [calendar.dayOf(clock())]);
  assert.ok(total);
  return total;
}

/** Provider with one text; then ends, or with `deaf` runs on and ignores aborts. */
function saying(text: string, deaf = false): Provider {
  return {
    name: "mock",
    simulated: true,
    async *stream(_request, _signal) {
      yield { type: "text", text };
      if (deaf) await new Promise(() => {});
      yield { type: "end", reason: "stop" };
    },
  };
}

Deno.test("Replies end, book and release a reply that is larger than any record, and nobody waits", async () => {
  await using world = await openWorld({ provider: saying("語".repeat(40_000)) });
  const began = performance.now();
  const lives = await Promise.all(["v1", "v2", "v3"].map((visitor) => ask(world, visitor)));
  await Promise.all(lives.map(({ live }) => live?.ended(10_000)));
  assert.ok(performance.now() - began < 3_000);
  for (const { live } of lives) {
    assertEquals(live?.closing.map((event) => event.type), ["cost", "done"]);
    assertEquals(live?.closing.map((event) => event.type === "done" && event.reason)[1], "length");
  }
  const total = await dayOf(world);
  assertEquals([total.held, total.holds, total.entries], [0n, 0, 3]);
  assert.ok(total.spent > 0n);
  const view = await world.services.pages.chat("v1", TOOL, null);
  assert.match(view.messages[1]?.text ?? "", /^語{1000,}$/);
});

Deno.test("settleOrTruncate() settles the rest of a dead process's turn, whatever its text", async () => {
  const world = await openWorld({ provider: saying("", true) });
  const { live } = await ask(world, "v1");
  assert.ok(live);
  const { store, calendar } = world.deps;
  const [running] = await new RunningCalls(store).of(store.processes.self);
  assert.ok(running?.kind === "turn");
  const { settled, outcome } = await settleOrTruncate(world.deps, {
    process: store.processes.self,
    running,
    outcome: {
      text: "語".repeat(40_000),
      reason: "interrupted",
      at: Date.now(),
      hour: calendar.hourOf(Date.now()),
      waitedMs: null,
      spent: { input: 1, cached: 0, output: 1, reasoning: 0, usd: 7n, basis: "estimated" },
      failure: interrupted(),
      followed: true,
      progressKept: true,
    },
    participants: participantsOf(world.deps, new EventBus(world.deps.log)),
  });
  assertEquals([settled?.session, outcome.text.length], [7n, 10_000]);
  assertEquals((await dayOf(world)).holds, 0);
  await world.services.close(0, 0);
});

Deno.test("settleTurn() succeeds despite another tool's damaged sum", async () => {
  await using world = await openWorld({ env: { MOCK_PACE_MS: "2" } });
  const { store, calendar, clock } = world.deps;
  const other = (await store.tools.list()).find(({ id, active }) => active && id !== TOOL)?.id ??
    "";
  const [damaged, sound] = await Promise.all([ask(world, "v1"), ask(world, "v2", other)]);
  const key = meteringKeys.day(calendar.dayOf(clock()), "tool", TOOL);
  const kept = await store.kv.get(key);
  await store.kv.commit(store.kv.atomic().set(key.path, { spent: "much" }));
  store.transactions.invalidate();
  await sound.live?.ended(5_000);
  assertEquals(sound.live?.closing.at(-1)?.type, "done");
  await store.kv.commit(store.kv.atomic().set(key.path, kept.value));
  await damaged.live?.ended(10_000);
  assertEquals((await dayOf(world)).holds, 0, "It is settled once the sum is mended");
});

Deno.test("Services.close() does not wait for a provider that does not let go", async () => {
  const world = await openWorld({ provider: saying("Well", true) });
  await ask(world, "v1");
  const began = performance.now();
  await world.services.close(20, 50);
  assert.ok(performance.now() - began < 2_000);
  assert.ok(world.logged.some(({ message }) => message.startsWith("Replies are left")));
});

Deno.test("PaidCalls.settle() books the cost even when its further writes can never be stored", async () => {
  await using world = await openWorld();
  const paidCalls = new PaidCalls(world.deps);
  const call = await paidCalls.hold({
    tool: TOOL,
    ceiling: null,
    channel: "web",
    provider: "mock",
    model: "gpt-4o-mini",
    simulated: true,
    visitor: null,
    worst: 100n,
  });
  assertEquals((await dayOf(world)).held, 100n);
  await paidCalls.settle(call, { usd: 7n, basis: "reported" }, {
    also: (tx) => tx.set(chatKeys.progress("x"), { text: "語".repeat(40_000), thinking: 0 }),
  });
  const total = await dayOf(world);
  assertEquals([total.held, total.holds, total.spent], [0n, 0, 7n]);
});
