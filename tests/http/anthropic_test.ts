import { MESSAGE_WORDS, startAnthropic } from "@/tests/simulators/anthropic_messages.ts";
import { startOpenAiFaults } from "@/tests/simulators/openai_faults.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { costsOf, startServer } from "@/tests/support/server.ts";
import { type Heard, heard, textOf, Visitor } from "@/tests/support/visitor.ts";
import { until } from "@/tests/support/wait.ts";

/** The settings of a server with Anthropic's key alone. */
const settings = (url: string) => ({
  LLM_PROVIDER: "",
  ANTHROPIC_API_KEY: "sk-of-the-test",
  ANTHROPIC_BASE_URL: url,
});

const types = (events: readonly Heard[]) => events.map(({ event }) => event);
const costIn = (events: readonly Heard[]) => events.find(({ event }) => event === "cost")?.fields;

Deno.test("a server with Anthropic's key alone replies by Claude, at its price", async () => {
  await using claude = startAnthropic();
  await using server = await startServer({ env: settings(claude.url) });
  const visitor = new Visitor(server.url);
  const events = await visitor.ask("How are you?");
  assertEquals(textOf(events), MESSAGE_WORDS.join(""));
  assertEquals(events[0]?.fields.model, "claude-haiku-5-5");
  const cost = costIn(events);
  // 8 tokens read, 4 read from the cache, 5 written.
  assertEquals([cost?.turn, cost?.basis, cost?.simulated], ["0.00000334", "reported", false]);
  await visitor.ask("And you?");
  const { system, messages, thinking } = claude.requests.at(-1)?.body ?? {};
  assert.match(String(system), /\w/);
  assertEquals(messages, [
    { role: "user", content: "How are you?" },
    { role: "assistant", content: MESSAGE_WORDS.join("") },
    { role: "user", content: "And you?" },
  ]);
  assertEquals(thinking, { type: "disabled" });
});

Deno.test("Anthropic's failures say what happened, and a reached limit is an alert", async () => {
  await using claude = startAnthropic();
  await using server = await startServer({ env: settings(claude.url) });
  const told: [mode: string, problem: string, retryable: boolean][] = [
    ["429-spent", "provider-account-empty", true],
    ["402", "provider-account-empty", true],
    ["429-after", "provider-busy", true],
    ["529", "provider-busy", true],
    ["413", "provider-too-long", false],
    ["401", "provider-refused", false],
    ["refusal", "provider-filtered", false],
    ["wordless", "provider-only-thinking", false],
    ["overloaded", "provider-busy", true],
  ];
  for (const [mode, problem, retryable] of told) {
    const { fields = {} } = (await new Visitor(server.url).ask(`Hi [[fault:${mode}]]`)).at(-1) ??
      {};
    assertEquals([fields.type, fields.retryable], [`/problems/${problem}`, retryable], mode);
    assert.doesNotMatch(JSON.stringify(fields), /secret/);
  }
  const alerts = server.logged("error").filter(({ message }) => message === "Alert");
  assertEquals([...new Set(alerts.map(({ code, name }) => `${code} ${name}`))], [
    "account_empty anthropic",
  ]);
  assert.doesNotMatch(server.log.join("\n"), /secret/i);
});

/** All events of a conversation from a cursor on, until the turn's end. */
async function followed(visitor: Visitor, url: string, after: string): Promise<Heard[]> {
  const answer = await fetch(`${url}/api/chat/${TOOL}/events?after=${after}`, {
    headers: { cookie: visitor.cookie },
  });
  const events: Heard[] = [];
  for await (const event of heard(answer)) {
    events.push(event);
    if (event.event === "error" || event.event === "done") break;
  }
  return events;
}

Deno.test("a withdrawn reply is taken back from every reader, page and process, and paid in full", async () => {
  await using claude = startAnthropic();
  const env = settings(claude.url);
  await using server = await startServer({ env });
  await using second = await startServer({ env, kvPath: server.kvPath });
  const visitor = new Visitor(server.url);
  await visitor.fetch(`/chat/${TOOL}`);
  const events: Heard[] = [];
  const answer = await visitor.post({ message: "How? [[fault:slow-withdrawal]]" });
  const reading = (async () => {
    for await (const event of heard(answer)) events.push(event);
  })();
  await until(
    "two words to come",
    () => types(events).filter((type) => type === "delta").length > 1,
  );
  const cursor = events.findLast(({ event }) => event === "delta")?.id ?? "";
  const page = async (url: string) => {
    const headers = { cookie: visitor.cookie };
    return await (await fetch(`${url}/chat/${TOOL}`, { headers })).text();
  };
  await until("the second process to show words", async () => /First/.test(await page(second.url)));
  const elsewhere = followed(visitor, second.url, "");
  const resumed = followed(visitor, server.url, cursor);
  await reading;

  await Promise.all([["here", events], ["elsewhere", await elsewhere], ["resumed", await resumed]]
    .map(([where, all]) => {
      if (!Array.isArray(all)) return;
      const ends = all.slice(all.findIndex(({ event }) => event === "withdrawn"));
      assertEquals(types(ends), ["withdrawn", "cost", "error"], String(where));
      assertEquals(ends[0]?.fields.code, "provider-withdrawn");
      const { type, retryable } = ends.at(-1)?.fields ?? {};
      assertEquals([type, retryable], ["/problems/provider-withdrawn", false]);
    }));
  // A reader who comes later gets no word of it, whatever part they had.
  for (const url of [server.url, second.url]) {
    const late = await followed(visitor, url, cursor);
    assertEquals(types(late), ["withdrawn", "cost", "error"]);
    const fresh = await followed(visitor, url, "");
    assertEquals([types(fresh).includes("withdrawn"), textOf(fresh)], [false, ""]);
  }

  for (const url of [server.url, second.url]) {
    const html = await page(url);
    assert.doesNotMatch(html, /First I|liquids/);
    assert.match(html, /took its answer back/);
    assert.doesNotMatch(html, /value="regenerate"/, "Nothing to try again");
  }
  assertEquals((await visitor.stored()).map(({ role }) => role), ["user"]);
  assertEquals(costIn(events)?.turn, "0.00000334");
  const { todayCost, held } = await costsOf(server.url, TOOL);
  assertEquals([Number(todayCost), Number(held)], [0.00000334, 0]);
  assert.doesNotMatch(server.log.join("\n"), /First|liquids|explanation/);

  await visitor.ask("Something else");
  assertEquals(claude.requests.at(-1)?.body.messages, [{
    role: "user",
    content: "Something else",
  }]);
});

Deno.test("a refusal is final in a chain: nobody else is asked for the same", async () => {
  await using claude = startAnthropic(() => "529");
  await using next = await startOpenAiFaults();
  const env = {
    ...settings(claude.url),
    LLM_COMPATIBLE: `next=${next.url}`,
    LLM_PROVIDER: "anthropic,next",
  };
  await using server = await startServer({ env });
  for (const mode of ["refusal", "withdrawal"]) {
    const last = (await new Visitor(server.url).ask(`How? [[fault:${mode}]]`)).at(-1);
    assertEquals([last?.event, last?.fields.retryable], ["error", false]);
  }
  const busy = (await new Visitor(server.url).ask("How?")).at(-1);
  assertEquals([busy?.event, next.requests.length], ["done", 1]);
});
