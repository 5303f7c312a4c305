import { HEALTH } from "@/lib/locales/admin/reports.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { costsOf, startServer } from "@/tests/support/server.ts";
import { type Heard, textOf, Visitor } from "@/tests/support/visitor.ts";
import { openWorld } from "@/tests/support/world.ts";
import { openAi } from "@/lib/llm/openai/openai.ts";
import { type FaultMode, startOpenAiFaults } from "@/tests/simulators/openai_faults.ts";

interface Case {
  mode: FaultMode | "429=7";
  problem: string;
  retryable: boolean;
  /** The text that was streamed before the fault. */
  text: string;
}

const CASES: Case[] = [
  { mode: "429=7", problem: "provider-busy", retryable: true, text: "" },
  { mode: "500", problem: "provider-down", retryable: true, text: "" },
  { mode: "503", problem: "provider-down", retryable: true, text: "" },
  { mode: "401", problem: "provider-refused", retryable: false, text: "" },
  { mode: "html", problem: "provider-broken", retryable: true, text: "" },
  { mode: "malformed", problem: "provider-broken", retryable: true, text: "Hello from" },
  { mode: "cut", problem: "provider-broken", retryable: true, text: "Hello from" },
  { mode: "error", problem: "provider-down", retryable: true, text: "Hello from" },
  { mode: "hangup", problem: "provider-broken", retryable: true, text: "" },
];

function errorOf(events: readonly Heard[]): Record<string, unknown> {
  const last = events.at(-1);
  assert.equal(last?.event, "error", JSON.stringify(events.slice(-2)));
  return last?.fields ?? {};
}

Deno.test("OpenAI faults: each is reported, the question kept, streamed text priced, and Regenerate works", async (t) => {
  await using simulator = await startOpenAiFaults();
  const openai = { OPENAI_API_KEY: "sk-of-the-test", OPENAI_BASE_URL: simulator.url };
  await using server = await startServer({ env: { LLM_PROVIDER: "openai", ...openai } });
  for (const { mode, problem, retryable, text } of CASES) {
    await t.step(mode, async () => {
      const visitor = new Visitor(server.url);
      const before = await costsOf(server.url, TOOL);
      simulator.script(mode);
      const began = performance.now();
      const events = await visitor.ask("What now?");
      assert.ok(performance.now() - began < 5_000, "Nothing hangs");
      const error = errorOf(events);
      assertEquals([error.type, error.retryable], [`/problems/${problem}`, retryable]);
      assert.doesNotMatch(JSON.stringify(error), /secret|sk-|127\.0\.0\.1/);
      if (mode === "429=7") assertEquals(error.retryAfterSeconds, 7);
      assertEquals(textOf(events), text);
      const kept = await visitor.stored();
      assertEquals(kept.map((message) => message.text), text ? ["What now?", text] : ["What now?"]);
      const after = await costsOf(server.url, TOOL);
      if (text !== "") assert.ok(Number(after.todayCost) > Number(before.todayCost), "Priced");
      assertEquals(Number(after.held), 0);
      simulator.script("ok");
      const again = await visitor.again();
      assertEquals(again.at(-1)?.event, "done");
      assertEquals((await visitor.stored()).map((message) => message.text), [
        "What now?",
        "Hello from the simulator.",
      ]);
    });
  }
  await t.step("slow: late first words are no failure", async () => {
    simulator.script("slow=1500");
    const events = await new Visitor(server.url).ask("What now?");
    assertEquals(events.at(-1)?.event, "done");
  });
});

Deno.test("OpenAI faults: a refused connection costs nothing and can be tried again", async () => {
  const simulator = await startOpenAiFaults();
  const env = {
    LLM_PROVIDER: "openai",
    OPENAI_API_KEY: "sk-of-the-test",
    OPENAI_BASE_URL: simulator.url,
  };
  await simulator.close();
  await using server = await startServer({ env });
  const visitor = new Visitor(server.url);
  const error = errorOf(await visitor.ask("Anybody there?"));
  assertEquals([error.type, error.retryable], ["/problems/provider-down", true]);
  assertEquals(Number((await costsOf(server.url, TOOL)).todayCost), 0);
  assertEquals((await visitor.stored()).map(({ text }) => text), ["Anybody there?"]);
});

for (const mode of ["stall", "mute", "silent"] as const) {
  Deno.test(`OpenAI faults: a stalled reply (${mode}) is ended at its time limit and priced`, async () => {
    await using simulator = await startOpenAiFaults();
    simulator.script(mode);
    // A busy machine may be late with the first words that a stall has before it.
    const firstMs = mode === "stall" ? 4_000 : 300;
    const limits = { firstMs, idleMs: 300, totalMs: 6_000 };
    const provider = openAi({ apiKey: "sk-of-the-test", baseUrl: simulator.url, limits });
    await using world = await openWorld({ provider });
    const { live } = await world.services.chat.startTurn({
      visitor: "v",
      tool: TOOL,
      request: crypto.randomUUID(),
      channel: "web",
      action: { kind: "send", message: "Go on" },
      rateLimitKey: null,
    });
    assert.ok(live);
    await live.ended(10_000);
    const last = live.closing.at(-1);
    assert.ok(last?.type === "error" && last.problem === "/problems/provider-timeout");
    assert.ok(last.retryable);
    const cost = live.closing.find((event) => event.type === "cost");
    if (mode === "stall") {
      assertEquals(live.text, "Hello from");
      assert.ok(Number(cost?.turn) > 0);
    }
  });
}

Deno.test("OpenAI faults: a provider that hangs is told to people and by health, and asked again without a restart", async () => {
  await using simulator = await startOpenAiFaults();
  await using server = await startServer({
    env: {
      LLM_PROVIDER: "openai",
      OPENAI_API_KEY: "sk-of-the-test",
      OPENAI_BASE_URL: simulator.url,
      LLM_FIRST_TOKEN_SECONDS: "1",
    },
  });
  simulator.script("silent");
  const visitors = Array.from({ length: 3 }, () => new Visitor(server.url));
  for (const visitor of visitors) {
    const error = errorOf(await visitor.ask("Anybody there?"));
    assertEquals([error.type, error.retryable], ["/problems/provider-timeout", true]);
  }
  const told = async () => {
    const answer = await fetch(`${server.url}/api/health`);
    const { checks }: { checks: Record<string, Record<string, string>[]> } = await answer.json();
    return [answer.status, checks["provider:answers"]?.[0]];
  };
  assertEquals(await told(), [200, {
    componentType: "openai",
    status: "warn",
    output: HEALTH.modelPaused,
  }]);
  simulator.script("ok");
  for (const visitor of visitors) assertEquals((await visitor.again()).at(-1)?.event, "done");
  assertEquals(await told(), [200, { componentType: "models", status: "pass" }]);
});
