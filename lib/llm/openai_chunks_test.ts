import { deepStrictEqual as equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import { OpenAiChunks } from "./openai_chunks.ts";
import { ProviderError } from "./provider.ts";

const chunk = (delta: unknown, finish_reason: string | null = null) =>
  JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] });

function read(...data: string[]) {
  const chunks = new OpenAiChunks();
  const text = data.map((each) => chunks.read(each)).join("");
  return { text, complete: chunks.complete, tail: chunks.tail() };
}

Deno.test("content and refusals are text, reasoning is not", () => {
  const { text } = read(
    chunk({ role: "assistant", content: "" }),
    chunk({ reasoning_content: "Let me think" }),
    chunk({ content: "Yes" }),
    chunk({ content: null, refusal: ", no" }),
  );
  equal(text, "Yes, no");
});

Deno.test("a reply is whole by its reason, or by its mark behind text", () => {
  equal(read(chunk({ content: "a" })).complete, false);
  equal(read(chunk({ content: "a" }), "[DONE]").complete, true);
  equal(read(chunk({}, "stop")).complete, true);
  equal(read("[DONE]").complete, false);
  equal(read(chunk({}, "content_filter")).tail, [{ type: "end", reason: "filter" }]);
});

const usageOf = (usage: unknown) =>
  read(JSON.stringify({ choices: [], usage }), chunk({}, "stop")).tail
    .flatMap((part) => part.type === "usage" ? [part.usage] : []);

Deno.test("usage comes in our shape", () => {
  const usage = {
    prompt_tokens: 17_903,
    completion_tokens: 100,
    prompt_tokens_details: { cached_tokens: 17_817, cache_write_tokens: 50 },
    completion_tokens_details: { reasoning_tokens: 40 },
  };
  equal(usageOf(usage), [{
    input: 17_903,
    cached: 17_817,
    written: 50,
    output: 100,
    reasoning: 40,
  }]);
});

Deno.test("usage that cannot be is not reported", () => {
  for (
    const usage of [
      { prompt_tokens: -1, completion_tokens: 1 },
      { prompt_tokens: null, completion_tokens: 1 },
      { prompt_tokens: 1.5, completion_tokens: 1 },
      { prompt_tokens: 1 },
      { prompt_tokens: 1, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 2 } },
      {
        prompt_tokens: 1,
        completion_tokens: 1,
        completion_tokens_details: { reasoning_tokens: 2 },
      },
      "many",
    ]
  ) equal(usageOf(usage), []);
});

Deno.test("what is no chunk is a broken stream, and is not quoted", () => {
  for (
    const data of ["", "{", "null", "[]", "1", "{}", '{"choices":7}', '{"choices":[7]}', "<html>"]
  ) {
    throws(() => read(data), (error) => error instanceof ProviderError && error.fault === "broken");
  }
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.json(), fc.json().map((v) => `{"choices":[${v}]}`)),
      (data) => {
        try {
          read(data);
        } catch (error) {
          ok(error instanceof ProviderError);
        }
      },
    ),
  );
});
