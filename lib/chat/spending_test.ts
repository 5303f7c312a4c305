import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { createHmac } from "node:crypto";
import { AppError } from "../platform/errors.ts";
import { checkLedger } from "../metering/ledger_check.ts";

const TOOL = "general-assistant";
let requests = 0;

async function ask(world: World, message: string, visitor = "v1") {
  const { live } = await world.services.chat.startTurn({
    visitor,
    tool: TOOL,
    request: `spending-${++requests}`,
    channel: "web",
    action: { kind: "send", message },
    rateLimitKey: null,
  });
  assert.ok(live);
  await live.ended(5_000);
  return live;
}

async function setTool(world: World, over: object) {
  const tool = await world.deps.store.tools.get(TOOL);
  assert.ok(tool);
  await world.deps.store.tools.put({ ...tool, ...over });
  await new Promise((done) => setTimeout(done, 5));
}

Deno.test("Chat.startTurn() takes the cheaper model near the ceiling, then clamps, then refuses and says when it opens", async () => {
  await using world = await openWorld();
  const maxTokens = 2_000;
  await setTool(world, {
    model: "gpt-6-sol",
    fallbackModel: "gpt-6-luna",
    maxTokens,
    ceiling: 24_000_000n,
    ladder: { downgradeFrom: 80, clamp: true },
  });
  const models: string[] = [];
  const notices: string[] = [];
  let refusal: AppError | null = null;
  for (let i = 0; i < 400 && refusal === null; i++) {
    try {
      const live = await ask(world, "[[mock:tokens=600]] long", `v${i}`);
      models.push(live.start.model);
      notices.push(...live.notices.map((notice) => notice.kind));
    } catch (error) {
      assert.ok(error instanceof AppError);
      refusal = error;
    }
  }
  assertEquals(models[0], "gpt-6-sol");
  assertEquals(models.at(-1), "gpt-6-luna");
  assert.ok(notices.includes("downgraded") && notices.includes("clamped"));
  assert.ok(refusal?.told.code === "budget.used");
  assertEquals(refusal.told.opensAt, world.deps.calendar.endOfDay(world.deps.clock()));
  const { todayCost, ceiling, held } = await world.services.costSummary(TOOL);
  assert.ok(ceiling !== null && todayCost <= ceiling && todayCost > 0.98 * ceiling);
  assertEquals(held, 0);
});

Deno.test("Chat.startTurn() refuses by the organisation's ceiling when the tool's would allow it", async () => {
  await using world = await openWorld({ env: { ORGANISATION_CEILING_USD: "0.000001" } });
  await assertRejects(() => ask(world, "hello"), "budget.used");
  assertEquals((await world.services.costSummary(null)).held, 0);
});

Deno.test("Alerts: each threshold of a ceiling is raised once, signed, and resent until accepted", async () => {
  const seen: { id: string; type: string; percent: number }[] = [];
  const secret = "a-secret-of-the-receiver";
  let refusals = 1;
  const server = Deno.serve({ port: 0, onListen: () => {} }, async (request) => {
    const body = await request.text();
    const id = request.headers.get("webhook-id") ?? "";
    const time = request.headers.get("webhook-timestamp");
    const expected = createHmac("sha256", secret).update(`${id}.${time}.${body}`).digest("base64");
    assertEquals(request.headers.get("webhook-signature"), `v1,${expected}`);
    if (refusals-- > 0) return new Response(null, { status: 500 });
    const { type, data } = JSON.parse(body);
    seen.push({ id, type, percent: data.percent });
    return new Response(null, { status: 204 });
  });
  let now = Date.parse("2026-03-03T10:00:00Z");
  try {
    await using world = await openWorld({
      env: {
        ALERT_WEBHOOK_URL: `http://localhost:${server.addr.port}/alerts`,
        ALERT_WEBHOOK_SECRET: secret,
        ALERT_WEBHOOK_PRIVATE: "true",
      },
      clock: () => now,
    });
    await setTool(world, { ceiling: 2_000_000n, ladder: { downgradeFrom: null, clamp: true } });
    for (let i = 0; i < 12; i++) {
      await ask(world, "[[mock:tokens=300]]", `v${i}`).catch(() => {});
    }
    for (let i = 0; i < 100 && seen.length < 3; i++) {
      now += 20_000;
      await new Promise((done) => setTimeout(done, 100));
    }
    assertEquals(
      seen.map((alert) => alert.percent).sort(),
      [50, 80, 100].filter((p) => seen.some((alert) => alert.percent === p)),
    );
    assert.ok(seen.length >= 2, `${seen.length} alerts`);
    assertEquals(new Set(seen.map((alert) => alert.id)).size, seen.length);
  } finally {
    await server.shutdown();
  }
});

Deno.test("Alerts: a ceiling raised during the day warns again, once for each threshold", async () => {
  await using world = await openWorld();
  const { store, calendar, clock } = world.deps;
  const used = async () => {
    for (let i = 0; i < 200; i++) {
      try {
        await ask(world, "[[mock:tokens=600]] long", `v${crypto.randomUUID()}`);
      } catch {
        return;
      }
    }
  };
  const steps = async () =>
    (await store.alerts.ofDay(calendar.dayOf(clock()))).flatMap(({ alert }) =>
      alert.scope === "tool" ? [`${alert.percent}% of ${alert.ceiling}`] : []
    ).sort();
  const ladder = { downgradeFrom: null, clamp: false };
  await setTool(world, { ceiling: 8_000_000n, ladder, maxTokens: 2_000 });
  await used();
  const first = await steps();
  assert.ok(first.includes("50% of 8000000"), first.join());
  await setTool(world, { ceiling: 40_000_000n, ladder, maxTokens: 2_000 });
  await used();
  const all = await steps();
  // Each has its own id, or the webhook would take the second for a repeat.
  assertEquals(all.filter((step) => first.includes(step)), first);
  const later = all.filter((step) => !first.includes(step));
  assertEquals(later.filter((step) => step === "50% of 40000000").length, 1);
  assert.ok(later.includes("80% of 40000000"), later.join());
});

Deno.test("Chat.startTurn() notifies once of a conversation that reached the alert's sum", async () => {
  await using world = await openWorld({ env: { COST_ALERT_SESSION_USD: "0.0002" } });
  await setTool(world, { ceiling: null });
  const kinds: string[][] = [];
  for (let i = 0; i < 5; i++) {
    kinds.push((await ask(world, "[[mock:tokens=200]]")).notices.map((notice) => notice.kind));
  }
  assertEquals(kinds.flat(), ["alert"]);
});

Deno.test("CustomPrices: a model without a price can be used from the day of a custom price", async () => {
  let now = Date.parse("2026-03-03T10:00:00Z");
  await using world = await openWorld({ clock: () => now });
  await setTool(world, { model: "our-own-model" });
  await assertRejects(() => ask(world, "hello"), 'model.unpriced {"model":"our-own-model"}');
  const tokens = { input: 1_000_000_000n, cachedInput: 1_000_000_000n, output: 2_000_000_000n };
  const { customPrices } = world.deps.store;
  await customPrices.set("openai", "our-own-model", { from: now + 60_000, tokens, unit: null });
  await customPrices.refresh(now);
  await assertRejects(() => ask(world, "hello"), 'model.unpriced {"model":"our-own-model"}');
  now += 61_000;
  await customPrices.refresh(now);
  await ask(world, "hello");
});

Deno.test("checkLedger() finds the sums equal, and names the first that is not", async () => {
  await using world = await openWorld();
  await Promise.all([1, 2, 3].map((i) => ask(world, "hello", `v${i}`)));
  const { store, calendar, clock } = world.deps;
  assertEquals(await checkLedger(store), {
    entries: 3,
    totals: 4,
    difference: null,
    unsettled: false,
  });
  const [total] = await store.ledger.days("tool", TOOL, [calendar.dayOf(clock())]);
  assert.ok(total);
  const { meteringKeys } = await import("../metering/records.ts");
  const key = meteringKeys.day(calendar.dayOf(clock()), "tool", TOOL);
  await store.transactions.run([key], (tx) => tx.set(key, { ...total, spent: total.spent + 1n }));
  const { difference } = await checkLedger(store);
  assert.match(difference ?? "", /tool general-assistant: `spent`/);
});
