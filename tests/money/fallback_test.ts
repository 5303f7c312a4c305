import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { repliesIn } from "@/lib/metering/ledger.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ask, repliesOf, TOOL } from "@/tests/support/asking.ts";
import { openWorld } from "@/tests/support/world.ts";
import { startOpenAiBodies } from "@/tests/simulators/openai_bodies.ts";

Deno.test("A provider that sends headers and then ends is logged and booked, and the next one answers", async () => {
  let asked = 0;
  const server = Deno.serve({ port: 0, onListen: () => {} }, async (request) => {
    // Not a request for the list of models.
    if (request.method !== "POST") return new Response(null, { status: 404 });
    await request.text();
    asked++;
    return new Response(new ReadableStream({ start: (body) => body.close() }), {
      headers: { "content-type": "text/event-stream" },
    });
  });
  try {
    await using world = await openWorld({
      env: {
        LLM_PROVIDER: "openai,mock",
        OPENAI_API_KEY: "sk-test",
        OPENAI_BASE_URL: `http://127.0.0.1:${server.addr.port}/v1`,
      },
    });
    await ask(world, "What is two and two?");
    assertEquals(asked, 1);
    const { store, calendar, clock } = world.deps;
    const entries = (await Array.fromAsync(store.ledger.all())).flat();
    const told = entries.map(({ provider, attempt, basis }) => [provider, attempt ?? 0, basis]);
    assertEquals(told.toSorted(), [["mock", 0, "reported"], ["openai", 1, "estimated"]]);
    const [total] = await store.ledger.days("tool", TOOL, [calendar.dayOf(clock())]);
    assert.ok(total && entries.every(({ usd }) => usd > 0n));
    assertEquals(
      [total.spent, total.held, total.holds, repliesIn(total)],
      [entries.reduce((sum, { usd }) => sum + usd, 0n), 0n, 0, 1],
    );
    assertEquals((await checkLedger(store)).difference, null);
    assertEquals((await repliesOf(world)).length, 1);
    const failures = world.logged.filter(({ message }) => message === "A provider failed");
    assertEquals(failures.map(({ details }) => [details?.provider, details?.maySpend]), [
      ["openai", true],
    ]);
  } finally {
    await server.shutdown();
  }
});

Deno.test("What a failed attempt costs above its hold counts against the ceiling before the next attempt is paid for", async () => {
  const said = [
    { choices: [], usage: { prompt_tokens: 100_000, completion_tokens: 5, total_tokens: 100_005 } },
    { error: { message: "The server had an error", type: "server_error", code: "server_error" } },
  ];
  const server = Deno.serve({ port: 0, onListen: () => {} }, async (request) => {
    await request.text();
    return new Response(said.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(""), {
      headers: { "content-type": "text/event-stream" },
    });
  });
  try {
    await using world = await openWorld({
      env: {
        LLM_PROVIDER: "openai,mock",
        OPENAI_API_KEY: "sk-test",
        OPENAI_BASE_URL: `http://127.0.0.1:${server.addr.port}/v1`,
        ORGANISATION_CEILING_USD: "0.01",
      },
    });
    await ask(world, "What is two and two?");
    const { store } = world.deps;
    const entries = (await Array.fromAsync(store.ledger.all())).flat();
    assertEquals(
      entries.map(({ provider, basis, usd }) => [provider, basis, usd]),
      [["openai", "reported", 10_002_500n]],
    );
    assertEquals(await repliesOf(world), []);
    assertEquals((await checkLedger(store)).difference, null);
    const refused = world.logged.filter(({ message }) =>
      message === "No budget for the next attempt"
    );
    assertEquals(refused.map(({ details }) => details?.provider), ["mock"]);
  } finally {
    await server.shutdown();
  }
});

Deno.test("a tool's `provider:model` is asked of that provider of a chain, and booked as its", async () => {
  await using openai = startOpenAiBodies(() => ({ body: "" }));
  await using world = await openWorld({
    env: {
      LLM_PROVIDER: "openai,mock",
      OPENAI_API_KEY: "sk-test",
      OPENAI_BASE_URL: openai.url,
    },
  });
  const { store } = world.deps;
  const tool = await store.tools.get(TOOL);
  assert.ok(tool);
  await store.tools.put({ ...tool, model: "mock:gpt-6-sol", fallbackModel: null });
  await ask(world, "What is two and two?");
  assertEquals(openai.requests.length, 0);
  const booked = async () =>
    (await Array.fromAsync(store.ledger.all())).flat()
      .map(({ provider, model, simulated, attempt }) => [provider, model, simulated, attempt ?? 0]);
  assertEquals(await booked(), [["mock", "gpt-6-sol", true, 0]]);
  const [reply] = await repliesOf(world);
  assertEquals([reply?.reply?.model, reply?.reply?.simulated], ["gpt-6-sol", true]);

  await store.tools.put({ ...tool, model: "openai:gpt-6-sol", fallbackModel: null });
  await ask(world, "And three and three?");
  assertEquals(openai.requests.map(({ body }) => body.model), ["gpt-6-sol"]);
  assertEquals((await booked()).slice(1).toSorted(), [
    ["mock", "gpt-6-sol", true, 0],
    ["openai", "gpt-6-sol", false, 1],
  ]);
});
