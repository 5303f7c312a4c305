import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ask, repliesOf, TOOL } from "@/tests/support/asking.ts";
import { PICTURES } from "@/tests/support/pictures.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import type { Breakers } from "../../llm/breaker.ts";
import { fallbackChain } from "../../llm/fallback_chain.ts";
import {
  type ModelRequest,
  type Part,
  type Provider,
  ProviderError,
  type ProviderFault,
} from "../../llm/provider.ts";
import { SharedBreakers } from "../../llm/shared_breakers.ts";
import { worstCase } from "../../llm/rules/prices.ts";
import { checkLedger } from "../../metering/ledger_check.ts";
import { RunningCalls } from "../../metering/calls/running_calls.ts";
import type { Tool } from "../../tools/rules/tool.ts";

const CHEAP = { input: 150_000_000n, cachedInput: 75_000_000n, output: 600_000_000n };
const DEAR = { input: 1_500_000_000n, cachedInput: 750_000_000n, output: 6_000_000_000n };
const priceOf = (provider: string, model: string) =>
  model === "none" ? null : provider === "mock" ? CHEAP : DEAR;

/** A provider with a fault for each of its models; the others answer. */
function stage(faults: Record<string, ProviderFault | "hangs">) {
  const asked: string[] = [];
  const requests: ModelRequest[] = [];
  const provider = (name: string): Provider => ({
    name,
    simulated: false,
    async *stream(request, signal): AsyncGenerator<Part> {
      asked.push(`${name}:${request.model}`);
      requests.push(request);
      const fault = faults[`${name}:${request.model}`] ?? faults[name];
      if (fault === "hangs") {
        await new Promise((done) => signal.addEventListener("abort", done, { once: true }));
        return;
      }
      await Promise.resolve();
      if (fault) throw new ProviderError(fault, `${name} failed`);
      yield { type: "text", text: "Four." };
      yield { type: "end", reason: "stop" };
    },
  });
  return { asked, requests, members: ["mock", "backup"].map(provider) };
}

async function worldOf(members: Provider[], over: Partial<Tool> = {}): Promise<World> {
  const provider = (breakers: Breakers) => fallbackChain(members, { priceOf, breakers });
  const world = await openWorld({ provider, priceOf });
  const { tools } = world.deps.store;
  const tool = await tools.get(TOOL);
  assert.ok(tool);
  await tools.put({ ...tool, model: "mock:own", fallbackModel: null, ...over });
  return world;
}

async function entriesOf(world: World) {
  assertEquals((await checkLedger(world.deps.store)).difference, null);
  return (await Array.fromAsync(world.deps.store.ledger.all())).flat();
}

Deno.test("A tool's chain answers with its own models in their order, told to the person and kept for admins", async () => {
  const { asked, members } = stage({ "mock:own": "down", "backup:second": "timeout" });
  const chain = ["backup:none", "backup:second", "backup:third"];
  await using world = await worldOf(members, { chain });
  const { live } = await world.services.chat.startTurn({
    visitor: "v1",
    tool: TOOL,
    request: "failing-over-request",
    channel: "web",
    action: { kind: "send", message: "What is two and two?" },
    rateLimitKey: null,
  });
  await live?.ended(5_000);
  assertEquals(asked, ["mock:own", "backup:second", "backup:third"]);
  assertEquals(live?.notices.map(({ kind, text }) => [kind, text]), [
    ["failed_over", "Another model answered, because the usual one failed."],
  ]);
  const [reply] = await repliesOf(world);
  assertEquals([reply?.reply?.model, reply?.reply?.otherModel], ["third", true]);
  const entries = await entriesOf(world);
  assertEquals(entries.map((e) => [e.model, e.attempt ?? 0, e.insteadOf ?? null]).toSorted(), [
    ["second", 2, "mock:own"],
    ["third", 0, "mock:own"],
  ]);
});

Deno.test("A turn whose first model is skipped holds by the price of the one that is asked", async () => {
  const { asked, members } = stage({ mock: "down" });
  await using world = await worldOf(members, { chain: ["backup:other"] });
  for (let i = 0; i < 3; i++) await ask(world, "What is two and two?", { visitor: `w${i}` });
  assertEquals(asked.length, 6);
  asked.length = 0;
  await ask(world, "What is two and two?", { wait: false });
  const [running] = await new RunningCalls(world.deps.store).of(world.deps.store.processes.self);
  assert.ok(running?.kind === "turn");
  const { attempts: [attempt, ...others], hold, promptTokens = 0, maxTokens } = running;
  assertEquals([attempt?.provider, attempt?.model, others], ["backup", "other", []]);
  assertEquals(hold.amount, worstCase(promptTokens, maxTokens, DEAR));
  assertEquals([running.notices, running.insteadOf], [
    [{ code: "failed_over" }],
    { provider: "mock", model: "own" },
  ]);
  await until("the reply", async () => (await repliesOf(world)).length === 1);
  assertEquals(asked, ["backup:other"]);
  const { estimate } = await world.services.pages.chat("new", TOOL, null);
  assertEquals([estimate.inputRate, estimate.outputRate], [DEAR.input, DEAR.output].map(String));
  const { paused } = await world.services.dashboard();
  assertEquals(paused, [{ provider: "mock", model: "own", needsPerson: false }]);
  const { checks, status } = await world.services.health();
  assertEquals([status, checks["provider:answers"]?.[0]?.status], ["pass", "warn"]);
});

Deno.test("A tool with an empty chain asks its own model only, also while its breaker is open", async () => {
  const { asked, members } = stage({ mock: "down" });
  await using world = await worldOf(members, { chain: [] });
  for (let i = 0; i < 5; i++) await ask(world, "What is two and two?", { visitor: `w${i}` });
  assertEquals(asked, Array(5).fill("mock:own"));
  assertEquals(await entriesOf(world), []);
});

for (const fault of ["filtered", "withdrawn", "refused", "too_long", "only_thinking"] as const) {
  Deno.test(`An attempt that fails as ${fault} is no failover`, async () => {
    const { asked, members } = stage({ mock: fault });
    await using world = await worldOf(members, { chain: ["backup:other"] });
    await ask(world, "What is two and two?");
    assertEquals(asked, ["mock:own"]);
    assertEquals(world.deps.breakers.states().map(({ phase }) => phase), ["closed"]);
  });
}

Deno.test("A person's stop during the first attempt ends the turn without a second", async () => {
  const { asked, members } = stage({ mock: "hangs" });
  await using world = await worldOf(members, { chain: ["backup:other"] });
  await ask(world, "What is two and two?", { wait: false });
  await until("the first attempt", () => Promise.resolve(asked.length === 1));
  await world.services.chat.stop("v1", TOOL);
  await until("the end", async () => (await entriesOf(world)).length === 1);
  assertEquals(asked, ["mock:own"]);
});

Deno.test("A question with a picture fails over only to a model that sees it", async () => {
  const { asked, requests, members } = stage({ mock: "down" });
  const chain = ["backup:llama-3", "backup:gpt-6-sol"];
  await using world = await worldOf(members, { model: "mock:gpt-6-luna", chain });
  const images = [{ type: "image/png", bytes: PICTURES.png }];
  await ask(world, "What is this?", { action: { kind: "send", message: "What is this?", images } });
  assertEquals(asked, ["mock:gpt-6-luna", "backup:gpt-6-sol"]);
  assertEquals(requests[1]?.messages.at(-1)?.images?.length, 1);
});

Deno.test("A refused key alerts once, shuts the provider, until a test succeeds", async () => {
  const keys = { status: 401 };
  const refusing: Provider = {
    name: "mock",
    simulated: false,
    async *stream(): AsyncGenerator<Part> {
      await Promise.resolve();
      if (keys.status === 401) throw new ProviderError("refused", "m", { status: 401 });
      yield { type: "text", text: "Four." };
      yield { type: "end", reason: "stop" };
    },
  };
  const { asked, members: [, backup] } = stage({});
  assert.ok(backup);
  await using world = await worldOf([refusing, backup], { chain: ["backup:other"] });
  for (let i = 0; i < 4; i++) await ask(world, "What is two and two?", { visitor: `w${i}` });
  assertEquals(asked.length, 4);
  const { store, calendar, clock } = world.deps;
  const alertsOf = async () =>
    (await store.alerts.ofDay(calendar.dayOf(clock()))).map(({ alert }) =>
      alert.scope === "fault" ? `${alert.code} ${alert.name}` : ""
    ).filter((each) => each.startsWith("key_refused"));
  await until("the alert", async () => (await alertsOf()).length === 1);
  assertEquals(await alertsOf(), ["key_refused mock"]);
  assert.ok((await world.services.dashboard()).paused[0]?.needsPerson);
  keys.status = 200;
  await new SharedBreakers(world.deps).reset("mock");
  await ask(world, "What is two and two?");
  assertEquals(asked.length, 4);
});
