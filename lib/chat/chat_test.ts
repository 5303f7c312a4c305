import { errorText } from "../locales/errors/error_text.ts";
import { AppError } from "../platform/errors.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { CONTINUE_TEXT, type PromptMessage } from "../llm/rules/prompt.ts";
import type { Provider } from "../llm/provider.ts";
import { storeKeys } from "../store/records.ts";
import type { TurnRequest } from "./turn_request.ts";

const TOOL = "general-assistant";
let requests = 0;

function turn(over: Partial<TurnRequest> = {}): TurnRequest {
  return {
    visitor: "v1",
    tool: TOOL,
    request: `request-${++requests}`,
    channel: "web",
    action: { kind: "send", message: "What is a key term?" },
    rateLimitKey: null,
    ...over,
  };
}

async function ask(world: World, over: Partial<TurnRequest> = {}) {
  const { live } = await world.services.chat.startTurn(turn(over));
  assert.ok(live);
  await live.ended(5_000);
  return live;
}

async function day(world: World) {
  const { calendar, clock, store } = world.deps;
  const [tool] = await store.ledger.days("tool", TOOL, [calendar.dayOf(clock())]);
  assert.ok(tool);
  return tool;
}

Deno.test("Chat.startTurn() keeps question and reply, books the cost once and releases the hold", async () => {
  await using world = await openWorld();
  const live = await ask(world);
  assertEquals(live.closing.map((event) => event.type), ["cost", "done"]);
  const view = await world.services.pages.chat("v1", TOOL, null);
  assertEquals(view.messages.map((m) => [m.seq, m.role]), [[0, "user"], [1, "assistant"]]);
  assertEquals(view.messages[1]?.text, live.text);
  const total = await day(world);
  assertEquals(total.held, 0n);
  assertEquals(total.holds, 0);
  assertEquals(total.entries, 1);
  assert.ok(total.spent > 0n);
  assertEquals(total.spent, total.simulated);
});

Deno.test("Chat.startTurn() joins the turn of a repeated request", async () => {
  await using world = await openWorld();
  const same = turn();
  const [first, second] = await Promise.all([
    world.services.chat.startTurn(same),
    world.services.chat.startTurn(same),
  ]);
  assert.ok(first.live);
  assertEquals(second.live, first.live);
  await first.live.ended(5_000);
  const third = await world.services.chat.startTurn(same);
  assertEquals(third.live, null);
  assertEquals((await day(world)).entries, 1);
});

Deno.test("Chat.startTurn() joins the turn of a repeated request after later ones, and after its conversation", async () => {
  await using world = await openWorld();
  const { chat, history, visitors } = world.services;
  const same = turn();
  const first = await chat.startTurn(same);
  await first.live?.ended(5_000);
  await ask(world);
  await ask(world);
  assertEquals(await chat.startTurn(same), { turn: first.turn, live: null, rate: null });
  await history.putAside("v1", TOOL);
  assertEquals((await chat.startTurn(same)).turn, first.turn);
  assertEquals((await day(world)).entries, 3);
  while (!(await visitors.delete("v1")).done);
  assertEquals(await world.deps.store.conversations.askedBy("v1", 10), []);
});

Deno.test("Chat.startTurn() runs one turn at a time in a conversation", async () => {
  await using world = await openWorld({ env: { MOCK_PACE_MS: "20" } });
  const { live } = await world.services.chat.startTurn(turn());
  const error = await assertRejects(
    () => world.services.chat.startTurn(turn()),
    "turn.busy",
  );
  assertEquals("kind" in error && error.kind, "conflict");
  await live?.ended(10_000);
  await ask(world);
});

Deno.test("Chat.stop() keeps and books the streamed text", async () => {
  await using world = await openWorld({
    env: { MOCK_PACE_MS: "30", LLM_DEFAULT_MODEL: "gpt-6.1-terra" },
  });
  const { live } = await world.services.chat.startTurn(turn());
  assert.ok(live);
  while (live.text === "") await new Promise((done) => setTimeout(done, 5));
  await world.services.chat.stop("v1", TOOL);
  await live.ended(2_000);
  const done = live.closing.at(-1);
  assert.ok(done?.type === "done" && done.reason === "stopped");
  const [cost] = live.closing;
  assert.ok(cost?.type === "cost" && cost.basis === "partial" && cost.turn !== "0.00");
  const view = await world.services.pages.chat("v1", TOOL, null);
  assertEquals(view.messages[1]?.text, live.text);
});

Deno.test("Chat.stop() of a reply that ended without text leaves it an empty one", async () => {
  const ended = Promise.withResolvers<void>();
  const provider: Provider = {
    name: "mock",
    simulated: true,
    async *stream(_request, signal) {
      const stopped = new Promise((done) => signal.addEventListener("abort", done, { once: true }));
      yield { type: "end", reason: "stop" };
      ended.resolve();
      await stopped;
    },
  };
  await using world = await openWorld({ provider });
  const asked = ask(world);
  await ended.promise;
  await world.services.chat.stop("v1", TOOL);
  const [, last] = (await asked).closing;
  assertEquals(last?.type === "error" && last.problem, "/problems/empty-reply");
});

Deno.test("Chat.startTurn() regenerates the last reply, and hides what followed an edited question", async () => {
  await using world = await openWorld();
  await ask(world, { action: { kind: "send", message: "one" } });
  await ask(world, { action: { kind: "send", message: "two" } });
  await ask(world, { action: { kind: "regenerate" } });
  const texts = async () =>
    (await world.services.pages.chat("v1", TOOL, null)).messages
      .filter((m) => m.role === "user").map((m) => m.text);
  assertEquals(await texts(), ["one", "two"]);
  await ask(world, { action: { kind: "edit", seq: 0, message: "other" } });
  assertEquals(await texts(), ["other"]);
  assertEquals((await day(world)).entries, 4);
});

Deno.test("Chat.startTurn() refuses a model without a price before anything is begun", async () => {
  await using world = await openWorld();
  const tool = await world.deps.store.tools.get(TOOL);
  assert.ok(tool);
  await world.deps.store.tools.put({ ...tool, model: "no-such-model" });
  await assertRejects(() => world.services.chat.startTurn(turn()), "model.unpriced");
  assertEquals(await world.deps.store.conversations.head("v1", TOOL), null);
});

Deno.test("Chat.startTurn() admits 20 of 21 concurrent turns from one address", async () => {
  await using world = await openWorld();
  const rateLimitKey = {
    kind: "chat",
    address: "192.0.2.1",
    rate: { limit: 20, windowMs: 60_000 },
  };
  const results = await Promise.allSettled(
    Array.from(
      { length: 21 },
      (_, i) => world.services.chat.startTurn(turn({ visitor: `v${i}`, rateLimitKey })),
    ),
  );
  assertEquals(results.filter((r) => r.status === "fulfilled").length, 20);
  await Promise.all(
    results.map((r) => r.status === "fulfilled" ? r.value.live?.ended(5_000) : null),
  );
});

Deno.test("recoverTurns() settles the turn of a lost process and keeps its streamed text", async () => {
  await using files = await scratch();
  const path = files.store;
  await using first = await openWorld({ path, env: { MOCK_PACE_MS: "50" } });
  const { live } = await first.services.chat.startTurn(turn());
  assert.ok(live);
  while (live.length < 40) await new Promise((done) => setTimeout(done, 20));
  // Progress is stored about once a second.
  await new Promise((done) => setTimeout(done, 1_600));
  const { transactions, processes } = first.deps.store;
  // As after kill -9: the heartbeat has expired and nothing was settled.
  await transactions.run(
    [],
    (tx) => tx.set(storeKeys.process(processes.self), { place: "elsewhere", pid: 1, expiresAt: 0 }),
  );
  await using second = await openWorld({ path });
  const view = await second.services.pages.chat("v1", TOOL, null);
  assertEquals(view.messages[1]?.reply?.reason, "interrupted");
  assert.ok((view.messages[1]?.text.length ?? 0) >= 40);
  const total = await day(second);
  assertEquals([total.held, total.holds, total.entries], [0n, 0, 1]);
  await live.ended(20_000);
  assertEquals((await day(second)).entries, 1);
});

Deno.test("Chat.startTurn() repeats a question under its own message; no page shows another visitor's", async () => {
  await using world = await openWorld();
  for (const visitor of ["v1", "v2"]) {
    await ask(world, { visitor, action: { kind: "send", message: `The words of ${visitor}` } });
    const before = await world.services.pages.chat(visitor, TOOL, null);
    await ask(world, { visitor, action: { kind: "regenerate" } });
    const after = await world.services.pages.chat(visitor, TOOL, null);
    assertEquals(after.messages[0], before.messages[0]);
    assert.match(after.messages[0]?.html ?? "", new RegExp(`The words of ${visitor}`));
  }
});

Deno.test("Chat.startTurn() continues a reply by a question without text, which gets words in the prompt", async () => {
  const asked: PromptMessage[][] = [];
  const provider: Provider = {
    name: "told",
    simulated: true,
    stream: async function* ({ messages }) {
      asked.push(messages);
      yield { type: "text", text: "Half a" };
      yield { type: "end", reason: "length" };
    },
  };
  await using world = await openWorld({ provider });
  await assertRejects(() => ask(world, { action: { kind: "continue" } }), "conversation.changed");
  await ask(world);
  await ask(world, { action: { kind: "continue" } });
  await ask(world, { action: { kind: "regenerate" } });
  const { messages } = await world.services.pages.chat("v1", TOOL, null);
  assertEquals(messages.map(({ role, text }) => [role, text]).slice(2), [
    ["user", ""],
    ["assistant", "Half a"],
  ]);
  for (const prompt of asked.slice(1)) {
    assertEquals(prompt.at(-1), { role: "user", content: CONTINUE_TEXT });
    assertEquals(prompt.at(-2), { role: "assistant", content: "Half a" });
  }
});

Deno.test("ChatPages.chat() shows when a tool without room for any question opens again, as a refusal does", async () => {
  let now = Date.UTC(2026, 2, 5, 20);
  const env = { ORGANISATION_CEILING_USD: "0.00166" };
  await using world = await openWorld({ env, clock: () => now });
  const opensAt = async () => (await world.services.pages.chat("v1", TOOL, null)).opensAt;
  const card = async () => (await world.services.pages.cards("general")).tools[0]?.opensAt;
  const send = (message: string) => ask(world, { action: { kind: "send", message } });
  assertEquals([await opensAt(), await card()], [null, null]);
  await assertRejects(() => send("x".repeat(30_000)), "budget.message_too_long");
  assertEquals(await opensAt(), null, "A shorter one has room");
  const refused: unknown[] = [];
  for (let i = 0; i < 40 && refused.length === 0; i++) {
    await send("word ".repeat(100)).catch((error) => refused.push(error));
    now += 1_000;
  }
  const midnight = Date.UTC(2026, 2, 6);
  const [error] = refused;
  assert.ok(error instanceof AppError);
  assertEquals(
    errorText(error.told, { language: "en", timeZone: "UTC", now }),
    "This tool has reached today's limit. It opens again at 00:00 (UTC), in 4\u00a0hours.",
  );
  assertEquals(await opensAt(), midnight);
  now = midnight;
  assertEquals([await opensAt(), await card()], [null, null]);
  await send("On a new day");
});
