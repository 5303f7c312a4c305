import { deepStrictEqual as equal } from "node:assert/strict";
import { chatBody, OPENAI_URL } from "./request.ts";

const OWN = "http://127.0.0.1:11434/v1";

/** The optional fields of a request, of those that models disagree on. */
function fields(model: string, baseUrl: string): string[] {
  const body = chatBody(
    { model, messages: [], temperature: 0, effort: null, maxTokens: 9 },
    baseUrl,
  );
  return Object.keys(body).filter((key) => /^max_|temperature|effort/.test(key)).sort();
}

const cases: [model: string, baseUrl: string, fields: string[]][] = [
  ["gpt-4o-mini", OPENAI_URL, ["max_completion_tokens", "temperature"]],
  ["gpt-4o-mini", OWN, ["max_completion_tokens", "temperature"]],
  ["openai/gpt-4o", OWN, ["max_completion_tokens", "temperature"]],
  ["ft:gpt-4o-2024-08-06:a::b", OPENAI_URL, ["max_completion_tokens", "temperature"]],
  ["chatgpt-4o-latest", OWN, ["max_completion_tokens", "temperature"]],
  ["o1", OPENAI_URL, ["max_completion_tokens", "reasoning_effort"]],
  ["o3-mini", OWN, ["max_completion_tokens", "reasoning_effort"]],
  ["o4-mini-2025-04-16", OPENAI_URL, ["max_completion_tokens", "reasoning_effort"]],
  ["gpt-5-nano", OPENAI_URL, ["max_completion_tokens", "reasoning_effort"]],
  ["gpt-6-luna", OPENAI_URL, ["max_completion_tokens", "reasoning_effort", "temperature"]],
  ["gpt-6.1-sol", OPENAI_URL, ["max_completion_tokens", "reasoning_effort"]],
  ["gpt-5-chat-latest", OPENAI_URL, ["max_completion_tokens", "temperature"]],
  ["llama3.2", OWN, ["max_tokens", "temperature"]],
  ["gpt-oss:20b", OWN, ["max_tokens", "temperature"]],
  ["our-luna", "https://x.openai.azure.com/openai/v1", ["max_completion_tokens", "temperature"]],
  ["mistral-small-latest", "https://api.mistral.ai/v1", ["max_tokens", "temperature"]],
  ["deepseek-chat", "https://api.deepseek.com/v1", ["max_tokens", "temperature"]],
  ["some-new-name", OPENAI_URL, ["max_completion_tokens", "temperature"]],
  ["some-new-name", "https://eu.api.openai.com/v1", ["max_completion_tokens", "temperature"]],
  ["some-new-name", "https://api.openai.com.example/v1", ["max_tokens", "temperature"]],
];
for (const [model, baseUrl, expected] of cases) {
  Deno.test(`chatBody() for ${model} at ${baseUrl} has ${expected.join(" and ")}`, () => {
    equal(fields(model, baseUrl), expected);
  });
}
