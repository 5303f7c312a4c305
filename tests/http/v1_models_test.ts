import fc from "fast-check";
import OpenAI from "openai";
import type { LedgerEntry } from "@/lib/metering/records.ts";
import { MESSAGE_WORDS, startAnthropic } from "@/tests/simulators/anthropic_messages.ts";
import { startOpenAiBodies } from "@/tests/simulators/openai_bodies.ts";
import { idIn, keysAt, onStore, sdk } from "@/tests/support/api_keys.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { httpSuite } from "@/tests/support/http_suite.ts";
import { PICTURES } from "@/tests/support/pictures.ts";
import { startServer } from "@/tests/support/server.ts";

const TOOL = "recipe-helper";
const test = httpSuite({ env: { LLM_DEFAULT_MODEL: "gpt-4o-mini" } });
const asking = (content: OpenAI.ChatCompletionUserMessageParam["content"]) => ({
  model: TOOL,
  messages: [{ role: "user" as const, content }],
});

async function entriesAt(path: string): Promise<LedgerEntry[]> {
  return await onStore(path, async (store) => (await Array.fromAsync(store.ledger.all())).flat());
}

Deno.test("a reply that its provider withdraws or filters ends with content_filter, is empty when whole, and paid for", async () => {
  await using claude = startAnthropic();
  await using server = await startServer({
    env: { LLM_PROVIDER: "", ANTHROPIC_API_KEY: "sk-of-the-test", ANTHROPIC_BASE_URL: claude.url },
  });
  const key = await keysAt(server.kvPath).make();
  const client = sdk(server.url, key);
  const said = await client.chat.completions.create(asking("How are you?"));
  assertEquals(said.choices[0]?.message.content, MESSAGE_WORDS.join(""));
  for (const fault of ["withdrawal", "refusal"]) {
    const whole = await client.chat.completions.create(asking(`Hi [[fault:${fault}]]`));
    const [choice] = whole.choices;
    assertEquals([choice?.finish_reason, choice?.message.content], ["content_filter", ""], fault);
  }
  const stream = await client.chat.completions.create({
    ...asking("Hi [[fault:withdrawal]]"),
    stream: true,
  });
  const chunks = await Array.fromAsync(stream);
  assertEquals(chunks.at(-1)?.choices[0]?.finish_reason, "content_filter");
  const entries = await entriesAt(server.kvPath);
  assertEquals(entries.length, 4);
  assert.ok(entries.every(({ usd, key: id }) => usd > 0n && id === idIn(key)));
});

Deno.test("a chain stands in before the first text: each billed attempt is an entry of the key, the usage is the last one's", async () => {
  const failing = startOpenAiBodies(() => ({ body: "", cut: true }));
  await using _ = failing;
  await using server = await startServer({
    env: {
      LLM_PROVIDER: "openai,mock",
      OPENAI_API_KEY: "sk-of-the-test",
      OPENAI_BASE_URL: failing.url,
      LLM_DEFAULT_MODEL: "gpt-4o-mini",
    },
  });
  const key = await keysAt(server.kvPath).make();
  const whole = await sdk(server.url, key).chat.completions.create(asking("Tell me"));
  assertEquals([whole.model, whole.choices[0]?.finish_reason], [TOOL, "stop"]);
  const entries = await entriesAt(server.kvPath);
  const told = entries.map((
    { provider, attempt, key, beside },
  ) => [provider, attempt, key, beside]);
  assertEquals(told.toSorted(), [
    ["mock", undefined, idIn(key), undefined],
    ["openai", 1, idIn(key), true],
  ]);
  const last = entries.find(({ provider }) => provider === "mock");
  assertEquals([last?.insteadOf, last?.output], [
    "openai:gpt-4o-mini",
    whole.usage?.completion_tokens,
  ]);
});

test("pictures reach a model that sees, as data: URLs only; others refuse them", async (server) => {
  const keys = keysAt(server.kvPath);
  const client = sdk(server.url, await keys.make());
  const picture = (url: string) => [
    { type: "text" as const, text: "What is it?" },
    { type: "image_url" as const, image_url: { url } },
  ];
  const data = `data:image/png;base64,${PICTURES.png.toBase64()}`;
  const seen = await client.chat.completions.create(asking([...picture(data), ...picture(data)]));
  assert.match(seen.choices[0]?.message.content ?? "", /Pictures received: 2/);
  const codeOf = async (asked: Promise<unknown>) => {
    const error = await asked.then(() => null, (error) => error);
    assert.ok(error instanceof OpenAI.BadRequestError, String(error));
    return error.code;
  };
  const address = client.chat.completions.create(asking(picture("https://example.org/a.png")));
  assertEquals(await codeOf(address), "invalid_image_url");
  await onStore(server.kvPath, async (store) => {
    const tool = await store.tools.get(TOOL);
    assert.ok(tool);
    await store.tools.put({ ...tool, id: "blind", name: "Blind", model: "gpt-3.5-turbo" });
  });
  await new Promise((done) => setTimeout(done, 1_100));
  const blind = client.chat.completions.create({ ...asking(picture(data)), model: "blind" });
  assertEquals(await codeOf(blind), "unsupported_value");
});

test("near a key's budget replies are shortened before they are refused", async (server) => {
  const keys = keysAt(server.kvPath);
  const long = asking("Tell me all [[mock:tokens=4000]] [[mock:pace=0]]");
  const rich = await sdk(server.url, await keys.make()).chat.completions.create(long);
  const whole = rich.usage?.completion_tokens ?? 0;
  const poor = sdk(server.url, await keys.make({ day: 1_000_000n }));
  const short = await poor.chat.completions.create(long);
  assertEquals(short.choices[0]?.finish_reason, "length");
  assert.ok((short.usage?.completion_tokens ?? whole) < whole);
  const error = await poor.chat.completions.create(long).then(() => null, (error) => error);
  assert.ok(error instanceof OpenAI.RateLimitError, String(error));
  assertEquals(error.code, "insufficient_quota");
  assert.match(error.message, /This API key has used its budget of this day/);
});

test("malformed requests are refused as OpenAI does, with nothing booked and no fault in the log", async (server) => {
  const key = await keysAt(server.kvPath).make({ rate: 7_000 });
  const before = (await entriesAt(server.kvPath)).length;
  const send = async (body: string | Uint8Array<ArrayBuffer>, type = "application/json") => {
    const answer = await fetch(`${server.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": type },
      body,
    });
    const { error } = await answer.json();
    assert.ok(answer.status >= 400 && answer.status < 500, `${answer.status} ${body}`);
    assertEquals(Object.keys(error).sort(), ["code", "message", "param", "type"]);
    assert.ok(error.message.length > 10 && error.type === "invalid_request_error");
    return [answer.status, error.code];
  };
  assertEquals(await send("{"), [400, "invalid_json"]);
  assertEquals(await send(new Uint8Array([0x7b, 0xff, 0x7d])), [400, null]);
  assertEquals(await send("{}", "text/plain"), [415, "unsupported_media_type"]);
  assertEquals(await send("[]"), [400, "invalid_value"]);
  assertEquals(await send(`${"[".repeat(50_000)}${"]".repeat(50_000)}`), [400, "invalid_value"]);
  assertEquals(await send(`{"model":"${TOOL}","messages":[{"role":"user","content":""}]}`), [
    400,
    "invalid_value",
  ]);
  const part = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.record({ role: fc.constantFrom("user", "tool", ""), content: fc.jsonValue() }),
  );
  // No message has both a right role and a text.
  const broken = fc.record({
    model: fc.oneof(fc.constant(TOOL), fc.jsonValue({ maxDepth: 1 })),
    messages: fc.oneof(fc.array(part, { maxLength: 3 }), fc.jsonValue({ maxDepth: 2 })),
    max_tokens: fc.constantFrom(0, -1, 1.5, "9", true),
  });
  await fc.assert(
    fc.asyncProperty(broken, async (body) => void await send(JSON.stringify(body))),
    { numRuns: 150 },
  );
  assertEquals((await entriesAt(server.kvPath)).length, before);
  assertEquals(server.logged("error"), []);
});
