import { assert, assertEquals } from "@/tests/support/assert.ts";
import { startServer } from "@/tests/support/server.ts";
import { textOf, Visitor } from "@/tests/support/visitor.ts";
import { until } from "@/tests/support/wait.ts";
import { type Answered, startOpenAiBodies } from "@/tests/simulators/openai_bodies.ts";

const event = (delta: unknown, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
const usage = { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 };
const END = `data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`;
const said = (content: string) => ({ body: event({ content }) + event({}, "stop") + END });

const refusing = (status: number, error: unknown): Answered => ({
  status,
  type: "application/json",
  body: JSON.stringify({ error }),
});

/** Answers by the end of the last message. */
const ANSWERS: Record<string, Answered> = {
  empty: refusing(429, {
    message: "secret",
    type: "insufficient_quota",
    code: "insufficient_quota",
  }),
  filter: refusing(400, { message: "secret", code: "content_filter", param: "prompt" }),
  stopped: { body: event({}, "SAFETY") + END },
  long: refusing(400, { message: "secret", code: "context_length_exceeded", param: "messages" }),
  thinking: { body: event({ reasoning_content: "hm" }) + event({}, "length") + END },
  later: { ...refusing(429, { message: "secret" }), headers: { "retry-after": "7200" } },
  down: refusing(503, { message: "secret" }),
  ends: { body: "", cut: true },
  space: { body: event({ content: " \n" }) + event({}, "stop") + END },
  marked: {
    body: event({ content: "<think>hm, a sec" }) + event({ content: "ret</think>\n\nFour" }) +
      event({}, "stop") + END,
  },
};

type Message = { role: string; content: string };

async function starting(names: string) {
  const openai = startOpenAiBodies(({ body }) => {
    const messages: Message[] = Array.isArray(body.messages) ? body.messages : [];
    const word = messages.at(-1)?.content.split(" ").at(-1) ?? "";
    return ANSWERS[word] ?? said("Well.");
  });
  const env = {
    LLM_PROVIDER: names,
    OPENAI_API_KEY: "sk-of-the-test",
    OPENAI_BASE_URL: openai.url,
  };
  const server = await startServer({ env });
  return {
    server,
    asked: (): Message[] => {
      const messages = openai.requests.at(-1)?.body.messages;
      return Array.isArray(messages) ? messages : [];
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await openai[Symbol.asyncDispose]();
    },
  };
}

Deno.test("a provider's failures say what happened and what to do, and roles alternate after them", async (t) => {
  await using setting = await starting("openai");
  const { server, asked } = setting;
  const told: [word: string, problem: string, retryable: boolean, says: RegExp][] = [
    ["empty", "provider-account-empty", true, /organisation .* add credit/],
    ["filter", "provider-filtered", false, /other words/],
    ["stopped", "provider-filtered", false, /other words/],
    ["long", "provider-too-long", false, /new conversation/],
    ["thinking", "provider-only-thinking", false, /thinking\. .* longer answers/],
    ["later", "provider-busy", true, /Try again in 2 hours\.$/],
  ];
  for (const [word, problem, retryable, says] of told) {
    await t.step(word, async () => {
      const visitor = new Visitor(server.url);
      const last = (await visitor.ask(`Be ${word}`)).at(-1);
      const fields = last?.fields ?? {};
      assertEquals([last?.event, fields.type, fields.retryable], [
        "error",
        `/problems/${problem}`,
        retryable,
      ]);
      assert.match(String(fields.detail), says);
      assert.doesNotMatch(JSON.stringify(fields), /secret/);
      const next = await visitor.ask("And now?");
      assertEquals(next.at(-1)?.event, "done");
      const roles = asked().map(({ role }) => role);
      assertEquals(roles, ["system", "user"]);
      // Unanswered questions are asked again, unless the question itself was refused.
      assertEquals(asked().at(-1)?.content.startsWith(`Be ${word}`), retryable);
      await visitor.ask("And then?");
      assertEquals(asked().slice(1).map(({ content }) => content), [
        "And now?",
        "Well.",
        "And then?",
      ]);
    });
  }
  await t.step("an empty account is an alert", () => {
    const alerts = server.logged("error").filter(({ message }) => message === "Alert");
    assertEquals(alerts.map(({ code, name }) => [code, name]), [["account_empty", "openai"]]);
  });
  await t.step(
    "a retried question is sent once, after an empty reply too",
    async () => {
      const visitor = new Visitor(server.url);
      for (const word of ["down", "down", "space"]) await visitor.ask(`Well, ${word}`);
      await visitor.ask("Well, space");
      const [, question, ...rest] = asked();
      assertEquals(rest, []);
      assertEquals(question?.content.split("Well, down").length, 2);
      assertEquals(question?.content.split("Well, space").length, 2);
    },
  );
  await t.step("thinking between marks is neither shown nor sent back", async () => {
    const visitor = new Visitor(server.url);
    assertEquals(textOf(await visitor.ask("Be marked")), "Four");
    await visitor.ask("And now?");
    assertEquals(asked().slice(1), [
      { role: "user", content: "Be marked" },
      { role: "assistant", content: "Four" },
      { role: "user", content: "And now?" },
    ]);
    assertEquals((await visitor.stored()).map(({ text }) => text)[1], "Four");
  });
});

Deno.test("each failed provider of a chain is logged, and an empty account is an alert", async () => {
  await using setting = await starting("openai,mock");
  const { server } = setting;
  const visitor = new Visitor(server.url);
  assertEquals((await visitor.ask("Be empty")).at(-1)?.event, "done");
  const failed = server.logged("warn").filter(({ message }) => message === "A provider failed");
  assertEquals(failed.map(({ provider, fault }) => [provider, fault]), [[
    "openai",
    "account_empty",
  ]]);
  assert.match(String(failed[0]?.turn), /^[\w-]+$/);
  await until(
    "the alert",
    () => server.logged("error").some(({ code }) => code === "account_empty"),
  );
});

Deno.test("A6: who answered in place of a provider that sent headers only is seen at once and on the page", async () => {
  await using setting = await starting("openai,mock");
  const visitor = new Visitor(setting.server.url);
  const events = await visitor.ask("Be ends");
  const cost = events.find(({ event }) => event === "cost");
  assertEquals([events.at(-1)?.event, cost?.fields.simulated], ["done", true]);
  const page = await (await visitor.fetch("/chat/general-assistant")).text();
  assert.ok(page.includes('<span class="tag">simulated</span>'));
  await visitor.ask("Be well");
  const [first, second] = (await visitor.stored()).filter(({ role }) => role === "assistant");
  assert.notEqual(first?.text, "Well.");
  assertEquals(second?.text, "Well.");
});
