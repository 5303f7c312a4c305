import OpenAI from "openai";
import { openCatalogue } from "@/lib/llm/catalogue.ts";
import { costOf } from "@/lib/llm/rules/prices.ts";
import type { LedgerEntry } from "@/lib/metering/records.ts";
import { idIn, keysAt, onStore, sdk } from "@/tests/support/api_keys.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { startServer } from "@/tests/support/server.ts";
import { startOpenAiBodies } from "@/tests/simulators/openai_bodies.ts";

const TOOL = "recipe-helper";
const chunk = (delta: unknown, finish_reason: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
const usage = {
  prompt_tokens: 1_234,
  completion_tokens: 57,
  total_tokens: 1_291,
  prompt_tokens_details: { cached_tokens: 1_024 },
};
const END = `data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`;
const WORDS = ["Cook", " the", " lentils", " slowly."];
const QUESTION = { role: "user", content: "How do I cook lentils?" } as const;

/** A server before a model with one fixed answer, and the requests to the model. */
async function starting(env: Record<string, string> = {}) {
  const openai = startOpenAiBodies(() => ({
    body: WORDS.map((content) => chunk({ content })).join("") + chunk({}, "stop") + END,
  }));
  const server = await startServer({
    env: {
      LLM_PROVIDER: "openai",
      OPENAI_API_KEY: "sk-of-the-test",
      OPENAI_BASE_URL: openai.url,
      LLM_DEFAULT_MODEL: "gpt-6-luna",
      ...env,
    },
  });
  return {
    openai,
    server,
    keys: keysAt(server.kvPath),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await openai[Symbol.asyncDispose]();
    },
  };
}

async function entriesAt(path: string): Promise<LedgerEntry[]> {
  return await onStore(path, async (store) => (await Array.fromAsync(store.ledger.all())).flat());
}

/** All records of a store as text, and the contents of its files. */
async function contentsOf(path: string): Promise<string> {
  const rows = await onStore(path, async (store) => {
    const found: string[] = [];
    for await (const each of store.ledger.all()) found.push(JSON.stringify(each, plain));
    return found.join("\n");
  });
  const files = await Promise.all(
    [path, `${path}-wal`].map((file) => Deno.readFile(file).catch(() => new Uint8Array())),
  );
  return rows + files.map((bytes) => new TextDecoder("latin1").decode(bytes)).join("");
}

const plain = (_: string, value: unknown) => typeof value === "bigint" ? String(value) : value;

Deno.test("/v1 answers the official SDK, streaming and not: text, order of chunks, headers, usage to the nano-dollar", async () => {
  await using site = await starting();
  const { server, openai } = site;
  const key = await site.keys.make();
  const client = sdk(server.url, key);
  const whole = await client.chat.completions.create({
    model: TOOL,
    messages: [{ role: "developer", content: "Answer in rhymes." }, QUESTION],
    max_tokens: 100,
    temperature: 0.25,
    n: 1,
    user: "quokka",
    metadata: { page: "1" },
  });
  assert.match(whole.id, /^chatcmpl-\w/);
  assertEquals([whole.object, whole.model], ["chat.completion", TOOL]);
  assert.ok(Math.abs(whole.created - Date.now() / 1000) < 60);
  assertEquals(whole.choices, [{
    index: 0,
    message: { role: "assistant", content: WORDS.join(""), refusal: null },
    logprobs: null,
    finish_reason: "stop",
  }]);
  const counted = {
    prompt_tokens: 1_234,
    completion_tokens: 57,
    total_tokens: 1_291,
    prompt_tokens_details: { cached_tokens: 1_024, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
  assertEquals(whole.usage, counted);
  const headers = client.answers[0]?.headers;
  assert.match(headers?.get("x-request-id") ?? "", /^\w{8,}/);
  assert.match(headers?.get("openai-processing-ms") ?? "", /^\d+$/);
  assertEquals(headers?.get("x-ratelimit-limit-requests"), "600");
  assertEquals(headers?.get("x-ratelimit-remaining-requests"), "599");
  assert.match(headers?.get("x-ratelimit-reset-requests") ?? "", /^\d+s$/);
  assertEquals([headers?.get("set-cookie"), headers?.get("x-frame-options")], [null, "DENY"]);

  // The tool's own prompt first, the client's instructions after it, then its conversation.
  const sent = openai.requests.at(-1)?.body ?? {};
  const messages = Array.isArray(sent.messages) ? sent.messages : [];
  assertEquals(messages.map(({ role }) => role), ["system", "user"]);
  assert.match(messages[0].content, /^.{40}[^]*\n\nAnswer in rhymes\.$/);
  assertEquals([sent.max_tokens ?? sent.max_completion_tokens, sent.temperature], [100, 0.25]);

  const stream = await client.chat.completions.create({
    model: TOOL,
    messages: [QUESTION],
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = await Array.fromAsync(stream);
  assertEquals(chunks.map(({ object }) => object), chunks.map(() => "chat.completion.chunk"));
  assertEquals(chunks[0]?.choices[0]?.delta, { role: "assistant", content: "", refusal: null });
  const said = chunks.slice(1, -2).map(({ choices }) => choices[0]?.delta.content);
  assertEquals(said.join(""), WORDS.join(""));
  assertEquals([chunks.at(-2)?.choices[0]?.delta, chunks.at(-2)?.choices[0]?.finish_reason], [
    {},
    "stop",
  ]);
  assertEquals([chunks.at(-1)?.choices, chunks.at(-1)?.usage], [[], counted]);
  assertEquals(chunks.slice(0, -1).map(({ usage }) => usage), chunks.slice(1).map(() => null));
  assertEquals(new Set(chunks.map(({ id }) => id)).size, 1);

  // The ledger's entries name the key, and cost what the told usage costs.
  const entries = await entriesAt(server.kvPath);
  const price = openCatalogue().priceOf("openai", "gpt-6-luna");
  assert.ok(price);
  const usd = costOf({ input: 1_234, cached: 1_024, output: 57, reasoning: 0 }, price);
  assertEquals(
    entries.map((e) => [e.channel, e.tool, e.key, e.usd, e.basis, e.input, e.output, e.beside]),
    [1, 2].map(() => ["api", TOOL, idIn(key), usd, "reported", 1_234, 57, undefined]),
  );
  assertEquals(entries.map(({ turn }) => `chatcmpl-${turn}`), [whole.id, chunks[0]?.id]);

  // Nothing of the conversation is in the store or in the log, and nothing of the key's secret.
  const kept = await contentsOf(server.kvPath) + server.log.join("\n");
  assert.ok(kept.includes(idIn(key)));
  for (const word of ["lentils", "rhymes", key, key.slice(14, 40), "quokka"]) {
    assert.ok(!kept.includes(word), word);
  }
});

Deno.test("/v1 refuses as OpenAI does: 401, 403, 404, 400, 413, both kinds of 429, and the SDK does not retry a ceiling", async () => {
  await using site = await starting();
  const { server } = site;
  const key = await site.keys.make({ tools: [TOOL] });
  const client = sdk(server.url, key);
  const failing = async (
    asked: Promise<unknown>,
  ): Promise<InstanceType<typeof OpenAI.APIError>> => {
    const error = await asked.then(() => null, (error: unknown) => error);
    assert.ok(error instanceof OpenAI.APIError, String(error));
    return error;
  };
  const ask = (more: object = {}, by: OpenAI = client) =>
    failing(by.chat.completions.create({ model: TOOL, messages: [QUESTION], ...more }));

  const wrong = key.slice(0, -8) + (key.at(-8) === "a" ? "b" : "a") + key.slice(-7);
  for (const bad of [wrong, "sk-something", `${key}x`]) {
    const error = await ask({}, sdk(server.url, bad));
    assert.ok(error instanceof OpenAI.AuthenticationError);
    assertEquals([error.status, error.code, error.type], [
      401,
      "invalid_api_key",
      "invalid_request_error",
    ]);
  }
  const denied = await ask({ model: "general-assistant" });
  assert.ok(denied instanceof OpenAI.PermissionDeniedError);
  assertEquals([denied.code, denied.param], ["model_not_allowed", "model"]);
  const missing = await ask({ model: "gpt-4o" });
  assert.ok(missing instanceof OpenAI.NotFoundError);
  assertEquals([missing.code, missing.param], ["model_not_found", "model"]);
  const tools = [{ type: "function", function: { name: "f" } }];
  const unsupported: [string, object][] = [
    ["tools", { tools }],
    ["n", { n: 2 }],
    ["logprobs", { logprobs: true }],
    ["audio", { audio: { voice: "alloy", format: "mp3" } }],
    ["response_format", { response_format: { type: "json_object" } }],
  ];
  for (const [param, more] of unsupported) {
    const error = await ask(more);
    assertEquals([error.status, error.code, error.param], [400, "unsupported_parameter", param]);
  }
  const invalid: [string, object][] = [
    ["messages", { messages: [] }],
    ["messages[0].role", { messages: [{ role: "robot", content: "x" }] }],
    ["temperature", { temperature: 3 }],
    ["max_tokens", { max_tokens: 0 }],
    ["stop", { stop: ["a", "b", "c", "d", "e"] }],
  ];
  for (const [param, more] of invalid) {
    const error = await ask(more);
    assertEquals([error.status, error.code, error.param], [400, "invalid_value", param]);
  }
  const large = await ask({ messages: [{ role: "user", content: "x".repeat(5 << 20) }] });
  assertEquals([large.status, large.code], [413, "request_too_large"]);
  const long = await ask({ messages: [{ role: "user", content: "x".repeat(500_000) }] });
  assertEquals([long.status, long.code], [400, "context_length_exceeded"]);

  // A rate limit is retried after the time that it names; a used budget is not retried.
  const slow = sdk(server.url, await site.keys.make({ rate: 1 }));
  await slow.chat.completions.create({ model: TOOL, messages: [QUESTION] });
  const limited = await failing(slow.models.list({ maxRetries: 0 }));
  assert.ok(limited instanceof OpenAI.RateLimitError);
  assertEquals([limited.code, limited.type], ["rate_limit_exceeded", "requests"]);
  const told = slow.answers.at(-1)?.headers;
  assert.ok(Number(told?.get("retry-after")) > 30);
  assertEquals(told?.get("x-should-retry"), null);
  assertEquals(told?.get("x-ratelimit-remaining-requests"), "0");

  for (const limits of [{ day: 1n }, { month: 1n }]) {
    const poor = sdk(server.url, await site.keys.make(limits));
    const error = await ask({ max_tokens: 64 }, poor);
    assert.ok(error instanceof OpenAI.RateLimitError);
    assertEquals([error.code, error.type], ["insufficient_quota", "insufficient_quota"]);
    assertEquals(poor.answers.length, 1, "The SDK does not retry a ceiling");
    assertEquals(poor.answers[0]?.headers.get("x-should-retry"), "false");
    assert.ok(Number(poor.answers[0]?.headers.get("retry-after")) > 0);
  }
  // Only the reply that was given is booked.
  assertEquals((await entriesAt(server.kvPath)).length, 1);
});
