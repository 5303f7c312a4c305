import { LLMock } from "@copilotkit/aimock";
import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { openAi } from "./openai.ts";
import { type ModelRequest, type Part, ProviderError } from "../provider.ts";

const request: ModelRequest = {
  model: "gpt-4o-mini",
  messages: [
    { role: "system", content: "You are helpful." },
    { role: "user", content: "hello" },
  ],
  temperature: 0.3,
  effort: null,
  maxTokens: 64,
};

/** A third party's simulator of OpenAI, to test assumptions shared by our client and simulator. */
async function withAimock(run: (server: LLMock, baseUrl: string) => Promise<void>): Promise<void> {
  const server = new LLMock({ port: 0 });
  await server.start();
  try {
    await run(server, `${server.url}/v1`);
  } finally {
    await server.stop();
  }
}

async function ask(baseUrl: string, changes: Partial<ModelRequest> = {}): Promise<Part[]> {
  const provider = openAi({ apiKey: "sk-test", baseUrl });
  const parts: Part[] = [];
  const signal = new AbortController().signal;
  for await (const part of provider.stream({ ...request, ...changes }, signal)) parts.push(part);
  return parts;
}

const textOf = (parts: Part[]) => parts.map((p) => p.type === "text" ? p.text : "").join("");

Deno.test("openAi() streams a reply with its usage through the official SDK", () =>
  withAimock(async (server, url) => {
    const usage = { prompt_tokens: 20, completion_tokens: 9, total_tokens: 29 };
    server.onMessage("hello", { content: "Hi there! Grüße aus Köln 👋", usage });
    const parts = await ask(url);
    equal(textOf(parts), "Hi there! Grüße aus Köln 👋");
    equal(parts.slice(-2), [
      { type: "usage", usage: { input: 20, cached: 0, output: 9, reasoning: 0 } },
      { type: "end", reason: "stop" },
    ]);
  }));

Deno.test("openAi() sends the request fields that models accept", () =>
  withAimock(async (server, url) => {
    server.onMessage("hello", { content: "Hi" });
    await ask(url);
    await ask(url, { model: "o3-mini" });
    const [first, second] = server.getRequests();
    equal(first?.headers.authorization === undefined, false);
    const { model, messages, temperature, stream, stream_options, max_completion_tokens } = Object(
      first?.body,
    );
    equal(
      { model, messages, temperature, stream, stream_options, max_completion_tokens },
      {
        model: "gpt-4o-mini",
        messages: request.messages,
        temperature: 0.3,
        stream: true,
        stream_options: { include_usage: true },
        max_completion_tokens: 64,
      },
    );
    ok(!("temperature" in Object(second?.body)));
  }));

Deno.test("openAi() sends one request for a failed answer: the SDK does not retry", () =>
  withAimock(async (server, url) => {
    server.onMessage("hello", { error: { message: "overloaded" }, status: 503 });
    const error = await ask(url).then(() => undefined, (error: unknown) => error);
    ok(error instanceof ProviderError);
    equal([error.fault, error.details.status], ["down", 503]);
    equal(server.getRequests().length, 1);
  }));

Deno.test("openAi() gives a buffered reply at once, without pauses between parts", async () => {
  const word = "well ";
  const event = `data: ${
    JSON.stringify({ choices: [{ index: 0, delta: { content: word } }] })
  }\n\n`;
  const body = `${event.repeat(8_000)}data: [DONE]\n\n`;
  const headers = { "content-type": "text/event-stream" };
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => new Response(body, { headers }),
  );
  try {
    let turns = 0;
    const counting = setInterval(() => turns++);
    const parts = await ask(`http://127.0.0.1:${server.addr.port}/v1`);
    clearInterval(counting);
    equal(textOf(parts).length, 8_000 * word.length);
    // With a pause after each of its 8,000 events, others would have as many turns.
    ok(turns < 4_000, `others had ${turns} turns`);
  } finally {
    await server.shutdown();
  }
});

Deno.test("openAi() gives no further part once it is aborted, even of buffered data", () =>
  withAimock(async (server, url) => {
    server.onMessage("hello", { content: "one two three four five six seven eight nine ten" });
    const provider = openAi({ apiKey: "sk-test", baseUrl: url });
    const abort = new AbortController();
    const parts: Part[] = [];
    for await (const part of provider.stream(request, abort.signal)) {
      parts.push(part);
      abort.abort();
    }
    equal(parts.map(({ type }) => type), ["text"]);
  }));
