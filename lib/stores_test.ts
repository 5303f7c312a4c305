import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld } from "@/tests/support/world.ts";
import { chatKeys, type Message } from "./chat/records.ts";
import { meteringKeys } from "./metering/records.ts";
import { storeKeys } from "./store/records.ts";
import { openStore } from "./stores.ts";

const message = (n: number): Message => ({
  id: `m${n}`,
  turn: `t${n}`,
  role: n % 2 === 0 ? "user" : "assistant",
  text: `message ${n}`,
  at: n,
  channel: "web",
  reply: null,
});

async function fill(store: Awaited<ReturnType<typeof openStore>>, count: number) {
  for (let from = 0; from < count; from += 200) {
    await store.transactions.run([], (tx) => {
      for (let n = from; n < Math.min(count, from + 200); n++) {
        tx.set(chatKeys.message("c", n), message(n));
      }
    });
  }
}

Deno.test("Conversations.page() walks 1,000 messages backwards in pages of 20, none twice, none missing", async () => {
  const store = await openStore({ path: ":memory:", report: () => {} });
  await fill(store, 1_000);
  const seen: number[] = [];
  for (let before: number | null = 1_000; before !== null;) {
    const page = await store.conversations.page({ conversation: "c" }, before, 20);
    seen.unshift(...page.messages.map((m) => m.number));
    before = page.before;
  }
  assertEquals(seen, Array.from({ length: 1_000 }, (_, n) => n));
  await store.close();
});

Deno.test("Kv.list() reports a damaged record without its content, and leaves it out", async () => {
  const reports: string[] = [];
  const store = await openStore({
    path: ":memory:",
    report: (text, details) => reports.push(text + JSON.stringify(details)),
  });
  await fill(store, 3);
  await store.kv.commit(
    store.kv.atomic().set(chatKeys.message("c", 1).path, { id: 5, secret: "never logged" }),
  );
  const page = await store.conversations.page({ conversation: "c" }, 3, 20);
  assertEquals(page.messages.map((m) => m.number), [0, 2]);
  assertEquals(reports.length, 1);
  assert.ok(!reports.join().includes("never logged"));
  await store.close();
});

Deno.test("Chat.startTurn() refuses at a damaged day sum instead of counting from zero", async () => {
  await using world = await openWorld();
  const { store, calendar, clock } = world.deps;
  const key = meteringKeys.day(calendar.dayOf(clock()), "tool", "general-assistant");
  await store.kv.commit(store.kv.atomic().set(key.path, { spent: "much" }));
  await assertRejects(() =>
    world.services.chat.startTurn({
      visitor: "v",
      tool: "general-assistant",
      request: "damaged-sum-request",
      channel: "web",
      action: { kind: "send", message: "hello" },
      rateLimitKey: null,
    }), "store.damaged");
});

Deno.test("ChatPages.chat() shows an empty page for a damaged head, and Chat.startTurn() replaces it", async () => {
  await using world = await openWorld();
  const { store } = world.deps;
  const key = chatKeys.head("v", "general-assistant");
  await store.kv.commit(store.kv.atomic().set(key.path, { next: "?" }));
  const view = await world.services.pages.chat("v", "general-assistant", null);
  assertEquals(view.messages, []);
  const { live } = await world.services.chat.startTurn({
    visitor: "v",
    tool: "general-assistant",
    request: "damaged-head-request",
    channel: "web",
    action: { kind: "send", message: "hello" },
    rateLimitKey: null,
  });
  await live?.ended(5_000);
  const after = await world.services.pages.chat("v", "general-assistant", null);
  assertEquals(after.messages.length, 2);
});

Deno.test("openStore() refuses a store that a newer program wrote", async () => {
  await using files = await scratch();
  const path = files.store;
  const first = await openStore({ path, report: () => {} });
  await first.kv.commit(first.kv.atomic().set(storeKeys.schema().path, 99));
  await first.close();
  await assertRejects(() => openStore({ path, report: () => {} }), "store.newer");
});

Deno.test("Tools.seed() adds the default tools once, also when two processes start at once", async () => {
  await using files = await scratch();
  const path = files.store;
  {
    const [first, second] = await Promise.all([openWorld({ path }), openWorld({ path })]);
    await using _first = first;
    await using _second = second;
    assertEquals((await second.services.pages.tools()).total, 18);
    const [tool] = await first.deps.store.tools.list();
    assert.ok(tool);
    await first.deps.store.tools.put({ ...tool, active: false });
  }
  await using third = await openWorld({ path });
  assertEquals((await third.services.pages.tools()).total, 17);
});
