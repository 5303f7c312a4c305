import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { Anthropic } from "@anthropic-ai/sdk";
import { LLMock } from "@copilotkit/aimock";
import { type MessageMode, startAnthropic } from "../../../tests/simulators/anthropic_messages.ts";
import { type Answered, startOpenAiBodies } from "../../../tests/simulators/openai_bodies.ts";
import { openCatalogue } from "../catalogue.ts";
import { type ModelRequest, type Part, ProviderError } from "../provider.ts";
import { costOf } from "../rules/prices.ts";
import { anthropic } from "./anthropic.ts";

const REQUEST: ModelRequest = {
  model: "claude-haiku-5-5",
  messages: [{ role: "system", content: "Be kind." }, { role: "user", content: "hello" }],
  temperature: 0.3,
  effort: null,
  maxTokens: 2_000,
};

async function ask(baseUrl: string, more: Partial<ModelRequest> = {}): Promise<Part[]> {
  const provider = anthropic({ apiKey: "sk-test", baseUrl });
  const never = new AbortController().signal;
  return await Array.fromAsync(provider.stream({ ...REQUEST, ...more }, never));
}

const textOf = (parts: readonly Part[]) =>
  parts.map((part) => part.type === "text" ? part.text : "").join("");
const usageOf = (parts: readonly Part[]) => parts.find((part) => part.type === "usage")?.usage;

async function withAimock(run: (server: LLMock) => Promise<void>): Promise<void> {
  const server = new LLMock({ port: 0, strict: true });
  await server.start();
  try {
    await run(server);
  } finally {
    await server.stop();
  }
}

/** The same request by the official SDK. */
async function bySdk(baseURL: string) {
  const client = new Anthropic({ apiKey: "sk-test", authToken: null, baseURL, maxRetries: 0 });
  const stream = client.messages.stream({
    model: REQUEST.model,
    max_tokens: REQUEST.maxTokens,
    system: "Be kind.",
    messages: [{ role: "user", content: "hello" }],
  });
  return await stream.finalMessage();
}

Deno.test("anthropic() reads from aimock what the official SDK reads", async () => {
  const replies = [
    { content: "Fine, thank you. **And you?**" },
    { content: "Grüße 👩‍👩‍👧‍👦\n\n- 日本語", reasoning: "First I think about it." },
    { content: "x ".repeat(3_000) },
  ];
  for (const reply of replies) {
    await withAimock(async (server) => {
      server.onMessage("hello", { ...reply, usage: { input_tokens: 31, output_tokens: 1_207 } });
      const message = await bySdk(server.url);
      const parts = await ask(server.url);
      const text = message.content.map((each) => each.type === "text" ? each.text : "").join("");
      equal([textOf(parts), parts.at(-1)], [text, { type: "end", reason: "stop" }]);
      const { input_tokens: input, output_tokens: output } = message.usage;
      equal(usageOf(parts), { input, cached: 0, output, reasoning: 0 });
    });
  }
});

/** Modes of whole replies, and how each one ends here. */
const WHOLE: [mode: MessageMode, end: string][] = [
  ["thinking", "stop"],
  ["omitted", "stop"],
  ["redacted", "stop"],
  ["pings", "stop"],
  ["alphabets", "stop"],
  ["crlf", "stop"],
  ["length", "length"],
  ["context", "length"],
  ["pause", "length"],
  ["twice", "stop"],
  ["cache", "stop"],
  ["withdrawal", "withdrawn"],
  ["refusal", "filtered"],
];
for (const [mode, end] of WHOLE) {
  Deno.test(`anthropic() reads text and counts as the official SDK does: ${mode}`, async () => {
    await using server = startAnthropic(() => mode);
    const { content, usage, stop_reason } = await bySdk(server.url.replace(/\/v1$/, ""));
    const parts: Part[] = [];
    let ended = "";
    try {
      const provider = anthropic({ apiKey: "sk-test", baseUrl: server.url });
      for await (const part of provider.stream(REQUEST, new AbortController().signal)) {
        parts.push(part);
        if (part.type === "end") ended = part.reason;
      }
    } catch (error) {
      ok(error instanceof ProviderError);
      equal(stop_reason, "refusal");
      ended = error.fault;
    }
    equal(ended, end);
    equal(textOf(parts), content.map((each) => each.type === "text" ? each.text : "").join(""));
    const cached = usage.cache_read_input_tokens ?? 0;
    const written = usage.cache_creation_input_tokens ?? 0;
    const counts = usageOf(parts);
    equal([counts?.input, counts?.output], [
      usage.input_tokens + cached + written,
      usage.output_tokens,
    ]);
    equal([counts?.cached, counts?.written ?? 0], [cached, written]);
  });
}

const VECTORS: [input: number, usd: bigint][] = [
  [100_000, 10_500_000n],
  // A longer prompt costs more for the whole request.
  [100_001, 52_500_500n],
];
for (const [input, usd] of VECTORS) {
  Deno.test(`anthropic(): ${input} tokens and 1,000 of a reply cost ${usd} nano-dollars`, async () => {
    await withAimock(async (server) => {
      const usage = { input_tokens: input, output_tokens: 1_000 };
      server.onMessage("hello", { content: "Well.", usage });
      const reported = usageOf(await ask(server.url));
      ok(reported);
      const price = openCatalogue().priceOf("anthropic", REQUEST.model);
      ok(price);
      equal(costOf(reported, price), usd);
    });
  });
}

Deno.test("anthropic() sends the SDK's headers to the API's address, with or without its /v1", async () => {
  await using server = startAnthropic();
  for (const url of [server.url, `${server.url}/`, server.url.replace(/\/v1$/, "")]) await ask(url);
  equal(server.requests.map(({ path }) => path), Array(3).fill("/v1/messages"));
  const headers = server.requests[0]?.headers;
  equal(headers?.get("authorization"), "Bearer sk-test");
  equal(headers?.get("content-type"), "application/json");
  ok(/^\d{4}-\d{2}-\d{2}$/.test(headers?.get("anthropic-version") ?? ""));
});

function refusing(message: string): Answered {
  const error = { type: "error", error: { type: "invalid_request_error", message } };
  return {
    status: 400,
    type: "application/json",
    framing: "length",
    body: JSON.stringify(error),
  };
}

Deno.test("anthropic() leaves out what a model refuses by name, and remembers it", async () => {
  const ok200 = {
    body: 'data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"Well."}}\n\n' +
      'data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}\n\ndata: {"type":"message_stop"}\n\n',
  };
  await using server = startOpenAiBodies(({ body }) => {
    if (body.thinking) {
      return refusing(
        '"thinking.type.disabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
      );
    }
    return body.output_config
      ? refusing("This model does not support the effort parameter.")
      : ok200;
  });
  const provider = anthropic({ apiKey: "sk-test", baseUrl: server.url });
  for (let i = 0; i < 2; i++) {
    const parts = await Array.fromAsync(provider.stream(REQUEST, new AbortController().signal));
    equal(textOf(parts), "Well.");
  }
  const fields = (
    { thinking, output_config }: Record<string, unknown>,
  ) => [thinking, output_config];
  equal(server.requests.map(({ body }) => fields(body)), [
    [{ type: "disabled" }, undefined],
    [undefined, { effort: "low" }],
    [undefined, undefined],
    [undefined, undefined],
  ]);
});

Deno.test("anthropic() lists the models of its account with their lengths and ends", async () => {
  const data = [
    { type: "model", id: "claude-haiku-5-5", max_input_tokens: 1_000_000, max_tokens: 128_000 },
    { type: "model", id: "claude-sonnet-4-5", lifecycle: "deprecated", retires_at: "2099-11-30" },
  ];
  const asked: string[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    const { pathname, search } = new URL(request.url);
    asked.push(`${pathname}${search} ${request.headers.get("authorization")}`);
    return Response.json({ data, has_more: false });
  });
  try {
    const baseUrl = `http://127.0.0.1:${server.addr.port}`;
    const { models } = anthropic({ apiKey: "sk-test", baseUrl });
    const never = new AbortController().signal;
    equal(await models?.(never), [
      { model: "claude-haiku-5-5", endsOn: null, context: 1_000_000, longestReply: 128_000 },
      { model: "claude-sonnet-4-5", endsOn: "2099-11-30", context: null, longestReply: null },
    ]);
    equal(asked, ["/v1/models?limit=1000 Bearer sk-test"]);
  } finally {
    await server.shutdown();
  }
});
