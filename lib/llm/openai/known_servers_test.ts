import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { startOpenAiBodies } from "@/tests/simulators/openai_bodies.ts";
import { type Part, ProviderError } from "../provider.ts";
import type { Usage } from "../rules/prices.ts";
import { dialectOf } from "./known_servers.ts";
import { openAi } from "./openai.ts";

const event = (value: unknown) => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (choice: unknown, more = {}) => event({ choices: [choice], ...more });
const said = (content: string, more = {}) => chunk({ index: 0, delta: { content } }, more);
const STOP = { index: 0, delta: {}, finish_reason: "stop" };
const DONE = "data: [DONE]\n\n";
const usage = { prompt_tokens: 20, completion_tokens: 4, total_tokens: 24 };
const USED: Usage = { input: 20, cached: 0, output: 4, reasoning: 0 };

/** Streams as the servers send them, and the text, usage and end read from them. */
const STREAMS: Record<string, [body: string, text: string, used: Usage | null, end: string]> = {
  "OpenAI: usage in a chunk of its own, null before": [
    said("Hi ", { usage: null }) + said("you") + chunk(STOP) + event({ choices: [], usage }) + DONE,
    "Hi you",
    USED,
    "stop",
  ],
  "Ollama: no usage asked for in vain": [said("Hi") + chunk(STOP) + DONE, "Hi", null, "stop"],
  "LM Studio: thinking in reasoning_content, usage after the end": [
    chunk({ index: 0, delta: { reasoning_content: "They greet me." } }) + said("Hi") +
    chunk(STOP) + event({ choices: [], usage }) + DONE,
    "Hi",
    USED,
    "stop",
  ],
  "llama.cpp: timings beside the usage": [
    said("Hi") + chunk(STOP) + event({ choices: [], usage, timings: { prompt_n: 1 } }) + DONE,
    "Hi",
    USED,
    "stop",
  ],
  "vLLM: null usage in every chunk": [
    said("Hi", { usage: null }) + chunk(STOP, { usage: null }) + DONE,
    "Hi",
    null,
    "stop",
  ],
  "OpenRouter: comments, CRLF, and its own cost": [
    (": OPENROUTER PROCESSING\n\n" + said("Hi") + ": OPENROUTER PROCESSING\n\n" + chunk(STOP) +
      event({ choices: [], usage: { ...usage, cost: 0.000_1 } }) + DONE).replaceAll("\n", "\r\n"),
    "Hi",
    USED,
    "stop",
  ],
  "OpenRouter: an error within the stream": [
    said("Hi") + event({ error: { code: 502, message: "secret" }, choices: [] }),
    "Hi",
    null,
    "down",
  ],
  "Gemini: growing usage in every chunk, thinking beyond the completion": [
    said("Hi ", { usage: { prompt_tokens: 20, completion_tokens: 1, total_tokens: 21 } }) +
    said("you", { usage: { prompt_tokens: 20, completion_tokens: 4, total_tokens: 124 } }) +
    chunk(STOP, { usage: { prompt_tokens: 20, completion_tokens: 4, total_tokens: 124 } }) + DONE,
    "Hi you",
    { ...USED, output: 104 },
    "stop",
  ],
  "Groq: usage under its own name": [
    said("Hi") + chunk(STOP, { x_groq: { id: "r", usage } }) + DONE,
    "Hi",
    USED,
    "stop",
  ],
  "Mistral: usage in the last chunk of content": [
    said("Hi ") + chunk({ index: 0, delta: { content: "you" }, finish_reason: "stop" }, { usage }) +
    DONE,
    "Hi you",
    USED,
    "stop",
  ],
  "DeepSeek: keep-alive comments, cache hits, usage with the last choice": [
    ": keep-alive\n\n" + chunk({ index: 0, delta: { content: null, reasoning_content: "Hm." } }) +
    said("Hi") + chunk({ ...STOP, delta: { content: "" } }, {
      usage: { ...usage, prompt_cache_hit_tokens: 16, prompt_cache_miss_tokens: 4 },
    }) + DONE,
    "Hi",
    { ...USED, cached: 16 },
    "stop",
  ],
  "Azure: filter results before the first word": [
    event({ choices: [], prompt_filter_results: [{ prompt_index: 0 }] }) +
    said("Hi") + chunk(STOP) + event({ choices: [], usage }) + DONE,
    "Hi",
    USED,
    "stop",
  ],
  "no [DONE]": [said("Hi") + chunk(STOP) + event({ choices: [], usage }), "Hi", USED, "stop"],
  "an error in place of the stream": [
    JSON.stringify({ error: { message: "secret", code: "rate_limit_exceeded" } }),
    "",
    null,
    "busy",
  ],
};

for (const [name, [body, text, used, end]] of Object.entries(STREAMS)) {
  Deno.test(`openAi() reads a compatible server's stream: ${name}`, async () => {
    await using server = startOpenAiBodies(() => ({ body }));
    const provider = openAi({ name: "theirs", apiKey: undefined, baseUrl: server.url });
    const request = { model: "m", messages: [], temperature: 1, effort: null, maxTokens: 9 };
    const parts: Part[] = [];
    let ended = "";
    try {
      for await (const part of provider.stream(request, new AbortController().signal)) {
        if (part.type === "end") ended = part.reason;
        parts.push(part);
      }
    } catch (error) {
      ok(error instanceof ProviderError && /^theirs /.test(error.message), String(error));
      ok(!error.message.includes("secret"), error.message);
      ended = error.fault;
    }
    const shown = parts.map((part) => part.type === "text" ? part.text : "").join("");
    const claimed = parts.flatMap((part) => part.type === "usage" ? [part.usage] : []);
    equal([shown, claimed, ended], [text, used === null ? [] : [used], end]);
  });
}

Deno.test("dialectOf() leaves out what a known server refuses, by its host alone", () => {
  const without = (url: string) => [...dialectOf(url).without];
  equal(without("https://api.mistral.ai/v1"), ["stream_options", "reasoning_effort"]);
  equal(without("https://api.openai.com/v1"), []);
  equal(without("https://mistral.ai.example/v1"), []);
  equal(without("http://localhost:11434/v1?mistral.ai"), []);
});
