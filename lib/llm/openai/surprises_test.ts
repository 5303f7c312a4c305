import { deepStrictEqual as equal, ok } from "node:assert/strict";
import {
  type Answered,
  type OpenAiBodies,
  startOpenAiBodies,
} from "@/tests/simulators/openai_bodies.ts";
import { openAi, type OpenAiOptions } from "./openai.ts";
import { type ModelRequest, type Part, ProviderError } from "../provider.ts";

// Loads the SDK first, so that the first test's time does not include it.
await import("openai");

const LIMITS = { firstMs: 2_000, idleMs: 2_000, totalMs: 4_000 };
const HELLO = "Hello from the sim.";
const REQUEST: ModelRequest = {
  model: "m",
  messages: [
    { role: "system", content: "Be kind." },
    { role: "user", content: "Hi" },
  ],
  temperature: 0.5,
  effort: null,
  maxTokens: 50,
};

interface Outcome {
  text: string;
  thinking: number;
  usage: Part[];
  /** The finish reason or the fault. */
  end: string;
  error?: ProviderError;
}

async function ask(url: string, more: Partial<OpenAiOptions> = {}): Promise<Outcome> {
  return await outcome(openAi({ apiKey: "sk-test", baseUrl: url, limits: LIMITS, ...more }));
}

async function outcome(provider: ReturnType<typeof openAi>, changes = {}): Promise<Outcome> {
  const result: Outcome = { text: "", thinking: 0, usage: [], end: "" };
  try {
    const { signal } = new AbortController();
    for await (const part of provider.stream({ ...REQUEST, ...changes }, signal)) {
      if (part.type === "text") result.text += part.text;
      else if (part.type === "thinking") result.thinking += part.bytes;
      else if (part.type === "usage") result.usage.push(part);
      else if (part.type === "end") result.end += part.reason;
    }
  } catch (error) {
    ok(error instanceof ProviderError, String(error));
    ok(!/secret/.test(error.message), error.message);
    return { ...result, end: result.end + error.fault, error };
  }
  return result;
}

const fixture = (name: string) =>
  Deno.readTextFile(new URL(`../../../tests/fixtures/openai/${name}.sse`, import.meta.url));

async function serving(
  answered: Answered | ((number: number, body: Record<string, unknown>) => Answered),
  run: (server: OpenAiBodies) => Promise<void>,
): Promise<void> {
  await using server = startOpenAiBodies((request, number) =>
    typeof answered === "function" ? answered(number, request.body) : answered
  );
  await run(server);
}

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (delta: unknown, finish_reason: string | null = null) =>
  event({ choices: [{ index: 0, delta, finish_reason }] });
const DONE = "data: [DONE]\n\n";
const HI = chunk({ content: "Hi" }) + chunk({}, "stop") + DONE;

const used = (input: number, output: number, reasoning = 0): Part => ({
  type: "usage",
  usage: { input, cached: 0, output, reasoning },
});

/** Response bodies and their outcome. */
const bodies: Record<string, Omit<Outcome, "error">> = {
  finish_reason_empty_then_cut: { text: "Hello from", thinking: 0, usage: [], end: "broken" },
  xai_usage: { text: HELLO, thinking: 0, usage: [used(100, 1109, 1100)], end: "stop" },
  zero_usage: { text: HELLO, thinking: 0, usage: [used(0, 0)], end: "stop" },
  sources_event: { text: HELLO, thinking: 0, usage: [used(100, 50)], end: "stop" },
  ping_event: { text: "Hello world", thinking: 0, usage: [used(100, 50)], end: "stop" },
  empty_data: { text: "Hello world", thinking: 0, usage: [used(100, 50)], end: "stop" },
  content_array: { text: "Hello array.", thinking: 3, usage: [used(100, 50)], end: "stop" },
  finish_error: { text: "Hello from", thinking: 0, usage: [], end: "broken" },
  length_empty: { text: "", thinking: 0, usage: [used(100, 1000, 1000)], end: "only_thinking" },
  only_space: { text: "", thinking: 2, usage: [used(100, 50)], end: "stop" },
  lone_surrogate: { text: "Bad \uFFFD end", thinking: 0, usage: [used(100, 50)], end: "stop" },
  think: { text: "4", thinking: 36, usage: [used(100, 50)], end: "stop" },
};
for (const [name, expected] of Object.entries(bodies)) {
  Deno.test(`openAi() reads a body as servers send it: ${name}`, async () => {
    const body = await fixture(name);
    await serving({ body }, async ({ url }) => {
      const { error: _, ...found } = await ask(url);
      equal(found, expected);
    });
  });
}

Deno.test('openAi() takes "stop" in every chunk and then silence for a cut reply', async () => {
  const body = ["One", " two", " three"].map((content) => chunk({ content }, "stop")).join("");
  for (const answered of [{ body }, { body, cut: true }, { body, framing: "close" as const }]) {
    await serving(answered, async ({ url }) => {
      const { text, end } = await ask(url);
      equal([text, end], ["One two three", "broken"]);
    });
  }
  await serving({ body: body + DONE }, async ({ url }) => equal((await ask(url)).end, "stop"));
});

Deno.test("openAi() takes a reply without its mark for whole by a finish reason, and by a clean end at least", async () => {
  const last = chunk({ content: "Hi" }) + chunk({}, "stop");
  const only = chunk({ content: "Hi" }, "stop");
  const cases: [Answered, string][] = [
    [{ body: last }, "stop"],
    [{ body: last, cut: true }, "stop"],
    [{ body: only }, "stop"],
    [{ body: only, framing: "length" }, "stop"],
    [{ body: only, cut: true }, "broken"],
    [{ body: only, framing: "length", cut: true }, "broken"],
    [{ body: chunk({ content: "Hi" }) }, "broken"],
    // Some servers omit the last blank line.
    [{ body: (chunk({ content: "Hi" }) + DONE).trimEnd() }, "stop"],
  ];
  for (const [answered, end] of cases) {
    await serving(answered, async ({ url }) => {
      const found = await ask(url);
      equal([found.text, found.end], ["Hi", end], JSON.stringify(answered));
    });
  }
});

Deno.test('openAi() reads chunks as lines of JSON, without blank lines, or with "data:" twice', async () => {
  const usage = event({ choices: [], usage: { prompt_tokens: 100, completion_tokens: 50 } });
  const whole = chunk({ content: "Hello " }) + chunk({ content: "world" }) + chunk({}, "stop") +
    usage;
  const lines = whole.replaceAll("data: ", "").replaceAll("\n\n", "\n");
  const cases: Answered[] = [
    { body: lines, type: "application/x-ndjson" },
    { body: lines.trimEnd(), type: "application/json" },
    { body: lines },
    { body: (whole + DONE).replaceAll("\n\n", "\n") },
    { body: (whole + DONE).replaceAll("data: ", "data: data: ") },
  ];
  for (const answered of cases) {
    await serving(answered, async ({ url }) => {
      const { error: _, ...found } = await ask(url);
      const expected = { text: "Hello world", thinking: 0, usage: [used(100, 50)], end: "stop" };
      equal(found, expected, JSON.stringify(answered));
    });
  }
  // A reply that lacks its last lines is cut.
  const cut = lines.split("\n").slice(0, 2).join("\n");
  await serving({ body: cut, type: "application/x-ndjson" }, async ({ url }) => {
    const { text, end } = await ask(url);
    equal([text, end], ["Hello world", "broken"]);
  });
});

Deno.test("openAi() reads the first choice received, at any index", async () => {
  const choices = (...each: [number, string][]) =>
    event({ choices: each.map(([index, content]) => ({ index, delta: { content } })) });
  const body = choices([0, "Hello "], [1, "Other "]) + choices([1, "words"]) +
    choices([1, "!"], [0, "world"]) + event({ choices: [{ delta: {}, finish_reason: "stop" }] });
  await serving({ body: body + DONE }, async ({ url }) => {
    const { text, end } = await ask(url);
    equal([text, end], ["Hello world", "stop"]);
  });
});

Deno.test("openAi() reports an error of a server's framework in place of a chunk", async () => {
  for (const error of [{ detail: "secret" }, { status: "error", message: "secret", code: 500 }]) {
    await serving({ body: chunk({ content: "Hi" }) + event(error) + DONE }, async ({ url }) => {
      const { text, end } = await ask(url);
      equal([text, ["broken", "down"].includes(end)], ["Hi", true], end);
    });
  }
});

Deno.test("openAi() gives usage and thinking before a failure", async () => {
  const usage = event({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 8 } });
  const body = chunk({ reasoning_content: "Grüße" }) + chunk({ content: "Hi" }) + usage;
  const failures: [string, string][] = [
    ["", "broken"],
    [event({ error: { message: "secret", code: "server_error" } }), "down"],
    [chunk({}, "error") + DONE, "broken"],
    ["data: {\n\n", "broken"],
  ];
  for (const [more, end] of failures) {
    await serving({ body: body + more }, async ({ url }) => {
      const { error, ...found } = await ask(url);
      equal(found, { text: "Hi", thinking: 7, usage: [used(9, 8)], end });
      equal(error?.maySpend, true);
    });
  }
});

Deno.test("openAi() joins surrogate halves of two deltas", async () => {
  const body =
    '{"choices":[{"delta":{"content":"a\\ud83d"}}]}|{"choices":[{"delta":{"content":""}}]}|' +
    '{"choices":[{"delta":{"content":"\\ude00b"}}]}|{"choices":[{"delta":{"content":"\\ud83d"}}]}';
  const events = body.split("|").map((data) => `data: ${data}\n\n`).join("");
  await serving({ body: events + DONE }, async ({ url }) => {
    equal((await ask(url)).text, "a😀b\uFFFD");
  });
});

const thoughts: [string, string][] = [
  ["<think>hm</think>\n\n4", "4"],
  ["\n <THINK>hm <b></think>4", "4"],
  ["<thinking>hm</thinking> 4", "4"],
  ["<think>a</think>\n<think>b</think>4", "4"],
  ["[THINK]hm[/THINK]4", "4"],
  ["◁think▷hm◁/think▷4", "4"],
  ["<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>4", "4"],
  ["</think>\n\n4", "4"],
  ["<think>never closed", ""],
  ["<think", "<think"],
  ["<thinly> sliced", "<thinly> sliced"],
  ["    code", "    code"],
  ["The `<think>` tag </think>", "The `<think>` tag </think>"],
];
for (const [written, shown] of thoughts) {
  Deno.test(`openAi() hides marked thinking, however it is split: ${JSON.stringify(written)}`, async () => {
    const signs = [...written];
    const splits = [[written], signs, [signs.slice(0, 4).join(""), signs.slice(4).join("")]];
    let n = 0;
    await serving(
      () => ({
        body: (splits[n++] ?? []).map((content) => chunk({ content })).join("") +
          chunk({}, "stop") + DONE,
      }),
      async ({ url }) => {
        for (const _ of splits) {
          const { text, thinking, end } = await ask(url);
          const bytes = (some: string) => new TextEncoder().encode(some).length;
          equal([text, thinking, end], [shown, bytes(written) - bytes(shown), "stop"]);
        }
      },
    );
  });
}

Deno.test("openAi() reads a completion in place of a stream, under any content type", async () => {
  const message = { role: "assistant", content: "Hi", reasoning_content: "hm" };
  const completion = {
    object: "chat.completion",
    choices: [{ index: 0, message, finish_reason: "length" }],
    usage: { prompt_tokens: 9, completion_tokens: 8, total_tokens: 17 },
  };
  for (const type of ["application/json", "text/event-stream", "text/plain", null]) {
    for (const body of [JSON.stringify(completion), `\n${JSON.stringify(completion, null, 2)}`]) {
      await serving({ type, body, pieces: [5, 40] }, async ({ url }) => {
        equal(await ask(url), { text: "Hi", thinking: 2, usage: [used(9, 8)], end: "length" });
      });
    }
  }
  const error = JSON.stringify({ error: { message: "secret", type: "insufficient_quota" } });
  const others: [string, string][] = [
    [error, "account_empty"],
    [JSON.stringify(completion).slice(0, -5), "broken"],
    ['{"status":"ok"}', "broken"],
    ["", "broken"],
  ];
  for (const [body, end] of others) {
    await serving({ type: "application/json", body }, async ({ url }) => {
      equal((await ask(url)).end, end);
    });
  }
});

Deno.test("openAi() reads an event stream under another content type, or none", async () => {
  for (const type of ["text/plain; charset=utf-8", "application/octet-stream", null]) {
    await serving({ type, body: `: hello\n\n${HI}`, pieces: [1, 1] }, async ({ url }) => {
      const { text, end } = await ask(url);
      equal([text, end], ["Hi", "stop"]);
    });
  }
  await serving({ type: "text/plain", body: "Upstream is away" }, async ({ url }) => {
    equal(
      (await ask(url)).error?.message,
      "OpenAI answered 200 with text/plain, not an event stream",
    );
  });
});

Deno.test("openAi() reports a refusal with the fault that tells the remedy", async () => {
  const refusals: [status: number, body: unknown, fault: string][] = [
    [429, { error: { code: "insufficient_quota", type: "insufficient_quota" } }, "account_empty"],
    [429, { error: { code: "billing_hard_limit_reached" } }, "account_empty"],
    [402, { error: { message: "Insufficient Balance" } }, "account_empty"],
    [400, { error: { message: "Your credit balance is too low to access it" } }, "account_empty"],
    [429, { error: { code: "rate_limit_exceeded", message: "too many tokens" } }, "busy"],
    [429, [{ error: { code: 429, status: "RESOURCE_EXHAUSTED" } }], "busy"],
    [400, { error: { code: "content_filter", param: "prompt" } }, "filtered"],
    [400, { error: { code: "invalid_prompt" } }, "filtered"],
    [403, { error: { code: 403, metadata: { flagged_input: "secret" } } }, "filtered"],
    [400, { error: { code: "context_length_exceeded", param: "messages" } }, "too_long"],
    [400, { error: { type: "exceed_context_size_error", code: 400 } }, "too_long"],
    [400, { object: "error", message: "maximum context length is 4096 (max_tokens)" }, "too_long"],
    [413, "<html>", "too_long"],
    [401, { error: { code: "invalid_api_key" } }, "refused"],
    [404, { error: "model 'x' not found" }, "refused"],
    [400, "not JSON", "refused"],
    [500, { error: { message: "context size" } }, "down"],
  ];
  for (const [status, told, fault] of refusals) {
    const body = typeof told === "string" ? told : JSON.stringify(told);
    await serving({ status, type: "application/json", body }, async ({ url, requests }) => {
      equal((await ask(url)).end, fault, body);
      equal(requests.length, 1, body);
    });
  }
});

Deno.test("openAi() reports a reply that a filter emptied", async () => {
  for (const reason of ["content_filter", "SAFETY", "content-filter"]) {
    await serving({ body: chunk({}, reason) + DONE }, async ({ url }) => {
      const { end, error } = await ask(url);
      equal([end, error?.maySpend, error?.retryable], ["filtered", true, false]);
    });
  }
});

/** A server that refuses a request while it has one of the fields, each with its own message. */
function strict(refusals: readonly [has: (body: Record<string, unknown>) => boolean, Answered][]) {
  return (_: number, body: Record<string, unknown>): Answered =>
    refusals.find(([has]) => has(body))?.[1] ?? { body: HI };
}
const refusing = (status: number, told: unknown): Answered => ({
  status,
  type: "application/json",
  body: JSON.stringify(told),
});
const unsupported = (param: string, message: string) =>
  refusing(400, {
    error: { message, type: "invalid_request_error", param, code: "unsupported_value" },
  });
const has = (field: string) => (body: Record<string, unknown>) => field in body;
const hasSystem = ({ messages }: Record<string, unknown>) =>
  JSON.stringify(messages).includes('"role":"system"');

Deno.test("openAi() reports a cut error response by its status, as not billed", async () => {
  const faults: [status: number, fault: string][] = [[401, "refused"], [429, "busy"], [
    500,
    "down",
  ]];
  for (const [status, fault] of faults) {
    for (const framing of ["chunked", "length"] as const) {
      await serving({ status, framing, body: '{"error":{"me', cut: true }, async ({ url }) => {
        const { end, error } = await ask(url);
        equal([end, error?.maySpend], [fault, false]);
      });
    }
  }
});

Deno.test("openAi() omits a field refused by name, at once and from then on", async () => {
  const message = "Unsupported parameter: 'max_tokens' is not supported with this model. " +
    "Use 'max_completion_tokens' instead.";
  const server = strict([
    [has("max_tokens"), unsupported("max_tokens", message)],
    [has("temperature"), unsupported("temperature", "'temperature' does not support 0.5.")],
    [
      has("stream_options"),
      refusing(422, {
        object: "error",
        message: { detail: [{ type: "extra_forbidden", loc: ["body", "stream_options"] }] },
      }),
    ],
    [hasSystem, refusing(400, { error: { message: "System role not supported" } })],
  ]);
  await serving(server, async ({ url, requests }) => {
    const provider = openAi({ apiKey: "k", baseUrl: url, limits: LIMITS });
    equal((await outcome(provider)).text, "Hi");
    equal(requests.length, 5);
    const { messages, max_completion_tokens: most, ...body } = requests[4]?.body ?? {};
    equal([messages, most], [[{ role: "user", content: "Be kind.\n\nHi" }], 50]);
    equal(body, { model: "m", stream: true });
    equal((await outcome(provider)).text, "Hi");
    equal(requests.length, 6);
    // Another model's fields are unknown.
    equal((await outcome(provider, { model: "n" })).text, "Hi");
    equal(requests.length, 11);
  });
});

Deno.test("openAi() moves the system prompt to the first question when the role is refused", async () => {
  for (
    const told of [
      refusing(500, { error: { code: 500, message: "System role not supported" } }),
      refusing(400, { message: "Conversation roles must alternate user/assistant/user/..." }),
      unsupported("messages[0].role", "'messages[0].role' does not support 'system'."),
      refusing(400, { error: { message: "Developer instruction is not enabled for models/g" } }),
    ]
  ) {
    await serving(strict([[hasSystem, told]]), async ({ url, requests }) => {
      equal((await ask(url)).text, "Hi");
      equal(requests.length, 2);
    });
  }
});

Deno.test("openAi() does not repeat a request refused for another cause", async () => {
  for (
    const told of [
      refusing(400, { error: { message: "max_tokens is too large: 50", param: "max_tokens" } }),
      refusing(400, { error: { message: "Unsupported model", code: "unsupported_model" } }),
      refusing(401, { error: { message: "temperature not supported", param: "temperature" } }),
      refusing(500, { error: { message: "temperature not supported", param: "temperature" } }),
    ]
  ) {
    await serving(told, async ({ url, requests }) => {
      ok((await ask(url)).error);
      equal(requests.length, 1);
    });
  }
  // And it ends, when both names of a limit are refused.
  await serving(
    (_, body) =>
      unsupported("max_tokens" in body ? "max_tokens" : "max_completion_tokens", "not supported"),
    async ({ url, requests }) => {
      equal((await ask(url)).end, "refused");
      equal(requests.length, 3);
    },
  );
});

Deno.test("openAi() counts comments and pings before the first word as signs of life, within the total limit", async () => {
  const limits = { firstMs: 2_500, idleMs: 2_500, totalMs: 20_000 };
  const signs = [": keep-alive\n\n", event({ type: "ping" }), chunk({ role: "assistant" })];
  await Promise.all(signs.map(async (sign) => {
    const waiting = { body: sign.repeat(6) + HI, pieces: Array(6).fill(sign.length), pauseMs: 500 };
    await serving(waiting, async ({ url }) => {
      const { text, end } = await ask(url, { limits });
      equal([text, end], ["Hi", "stop"], sign);
    });
  }));
  const endless = ":\n\n".repeat(40);
  await serving({ body: endless, pieces: Array(40).fill(3), pauseMs: 80 }, async ({ url }) => {
    const { error } = await ask(url, { limits: { ...limits, totalMs: 900 } });
    equal(error?.message, "OpenAI did not end its reply within the time limit");
  });
});

Deno.test("openAi() applies the configured first-token limit", async () => {
  await serving({ body: HI, pauseMs: 1_200 }, async ({ url }) => {
    equal((await ask(url, { limits: {}, firstTokenSeconds: 1 })).end, "timeout");
    equal((await ask(url, { limits: {}, firstTokenSeconds: 3 })).end, "stop");
  });
});
