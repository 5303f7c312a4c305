import { deepStrictEqual as equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { OpenAiChunks } from "./chunks.ts";
import { type Part, ProviderError } from "../provider.ts";

const chunk = (delta: unknown, finish_reason: string | null = null) =>
  JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] });

const otherwise = () => new ProviderError("broken", "cut");

/** Reads events; returns the text, the bytes of thinking, and the finish reason or fault. */
function read(...data: string[]) {
  const chunks = new OpenAiChunks();
  const text = data.map((each) => chunks.read(each)).join("") + chunks.rest();
  const ending = chunks.ending(false, otherwise);
  const end = ending instanceof ProviderError ? ending.fault : reasonOf(ending);
  return { text, thinking: chunks.thinking, complete: chunks.complete, end };
}

const reasonOf = (parts: Part[]) =>
  parts.map((part) => part.type === "end" ? part.reason : "").join("");

Deno.test("OpenAiChunks.read() returns content and refusals as text, not reasoning", () => {
  const { text, thinking } = read(
    chunk({ role: "assistant", content: "" }),
    chunk({ reasoning_content: "Let me think" }),
    chunk({ content: "Yes" }),
    chunk({ content: null, refusal: ", no" }),
  );
  equal([text, thinking], ["Yes, no", 12]);
});

Deno.test("OpenAiChunks.read() returns content in parts as text, without thinking among it", () => {
  const { text, thinking } = read(
    chunk({ content: [{ type: "thinking", thinking: [{ type: "text", text: "hmm" }] }] }),
    chunk({ content: [{ type: "text", text: "Hel" }, "lo", { type: "reference", ids: [1] }] }),
    chunk({ content: { type: "text", text: { value: "!" } } }),
    chunk({ content: [null, 7, { type: "refusal", refusal: "?" }] }),
  );
  equal([text, thinking], ["Hello!?", 3]);
});

Deno.test("OpenAiChunks.thinking counts thinking in two fields once", () => {
  const details = [{ type: "reasoning.text", text: "äh" }, {
    type: "reasoning.encrypted",
    data: "x",
  }];
  equal(read(chunk({ reasoning: "äh", reasoning_content: "äh" })).thinking, 3);
  equal(read(chunk({ reasoning: "äh", reasoning_details: details })).thinking, 3);
  equal(read(chunk({ reasoning: null, reasoning_details: details })).thinking, 3);
});

Deno.test("OpenAiChunks.complete is true by a finish reason, or by the end mark after text", () => {
  equal(read(chunk({ content: "a" })).complete, false);
  equal(read(chunk({ content: "a" }), "[DONE]").complete, true);
  equal(read(chunk({}, "stop")).complete, true);
  equal(read("[DONE]").complete, false);
  equal(read(chunk({ content: "a" }), chunk({}, "content_filter")).end, "filter");
});

Deno.test("OpenAiChunks ignores a finish reason that is empty, unknown or in every chunk", () => {
  for (const reason of ["", "null", "unspecified", "FINISH_REASON_UNSPECIFIED", "?"]) {
    equal(read(chunk({ content: "a" }, reason), chunk({ content: "b" }, reason)).end, "broken");
    equal(read(chunk({ content: "a" }, reason), "[DONE]").end, "stop");
  }
  const said = ["a", "b", "c"].map((text) => chunk({ content: text }, "stop"));
  equal(read(...said).end, "broken");
  equal(read(...said, "[DONE]").end, "stop");
  // With the last words, after chunks without one, it counts.
  equal(read(chunk({ content: "a" }), chunk({ content: "b" }, "stop")).end, "stop");
  equal(read(chunk({ content: "a" }), chunk({}, "stop"), chunk({}, "")).end, "stop");
});

Deno.test("OpenAiChunks accepts finish reasons in every spelling", () => {
  const spellings: Record<string, string> = {
    stop: "stop STOP end_turn eos FinishReason.STOP endTurn tool_calls",
    length:
      "length LENGTH max_tokens MAX_TOKENS maxTokens model_length max_output_tokens token_limit",
    filter:
      "content_filter content-filter ContentFilter SAFETY RECITATION PROHIBITED_CONTENT SPII BLOCKLIST sensitive refusal",
    broken:
      "error ERROR failed aborted abort network_error insufficient_system_resource MALFORMED_FUNCTION_CALL cancelled",
  };
  for (const [end, reasons] of Object.entries(spellings)) {
    for (const reason of reasons.split(" ")) {
      equal(read(chunk({ content: "a" }), chunk({}, reason), "[DONE]").end, end, reason);
    }
  }
});

Deno.test("OpenAiChunks.ending() tells why a reply has no text", () => {
  equal(read(chunk({ content: "" }), chunk({}, "length"), "[DONE]").end, "only_thinking");
  equal(read(chunk({ content: "<think>hm" }), chunk({}, "length")).end, "only_thinking");
  equal(read(chunk({}, "SAFETY")).end, "filtered");
  equal(read(chunk({ content: " \n" }), chunk({}, "stop")).text, "");
});

const claimIn = (...usages: unknown[]) => {
  const chunks = new OpenAiChunks();
  for (const usage of usages) chunks.read(JSON.stringify({ choices: [], usage }));
  return chunks.usage().flatMap((part) => part.type === "usage" ? [part.usage] : []);
};

Deno.test("OpenAiChunks.usage() converts the last usage received", () => {
  const usage = {
    prompt_tokens: 17_903,
    completion_tokens: 100,
    prompt_tokens_details: { cached_tokens: 17_817, cache_write_tokens: 50 },
    completion_tokens_details: { reasoning_tokens: 40 },
  };
  equal(claimIn({ prompt_tokens: 1, completion_tokens: 1 }, usage, null, {}, "many"), [{
    input: 17_903,
    cached: 17_817,
    written: 50,
    output: 100,
    reasoning: 40,
  }]);
});

Deno.test("OpenAiChunks.usage() finds usage in every place, and thinking by the total", () => {
  const plain = { input: 3, cached: 0, output: 2, reasoning: 0 };
  const usage = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 };
  const inPlaces = [{ x_groq: { usage } }, { choices: [{ delta: {}, usage }] }, { usage }];
  for (const place of inPlaces) {
    const chunks = new OpenAiChunks();
    chunks.read(JSON.stringify(place));
    equal(chunks.usage(), [{ type: "usage", usage: plain }]);
  }
  equal(claimIn({ input_tokens: 3, output_tokens: 2 }), [plain]);
  equal(claimIn({ ...usage, total_tokens: 1103, prompt_cache_hit_tokens: 1 }), [
    { input: 3, cached: 1, output: 1100, reasoning: 0 },
  ]);
  equal(claimIn({ ...usage, total_tokens: 4 }), [plain]);
});

Deno.test("OpenAiChunks.usage() passes impossible counts on as claimed", () => {
  equal(claimIn({ prompt_tokens: -1, completion_tokens: 1.5 }), [
    { input: -1, cached: 0, output: 1.5, reasoning: 0 },
  ]);
  equal(claimIn({ prompt_tokens: 1 }), [{ input: 1, cached: 0, output: NaN, reasoning: 0 }]);
  equal(
    claimIn({
      prompt_tokens: 1e12,
      completion_tokens: "x",
      prompt_tokens_details: { cached_tokens: "x" },
    }),
    [{ input: 1e12, cached: NaN, output: NaN, reasoning: 0 }],
  );
  const huge = new OpenAiChunks();
  huge.read('{"usage":{"prompt_tokens":1e999,"completion_tokens":1,"total_tokens":1e999}}');
  equal(huge.usage(), [
    { type: "usage", usage: { input: Infinity, cached: 0, output: 1, reasoning: 0 } },
  ]);
});

Deno.test("OpenAiChunks.read() skips JSON that is no chunk; invalid JSON breaks the reply and is not quoted", () => {
  const rest = [chunk({ content: "a" }), chunk({}, "stop")];
  const others = [
    "",
    " ",
    "null",
    "[]",
    "1",
    '"ping"',
    "{}",
    '{"type":"ping"}',
    '{"sources":[{}]}',
  ];
  for (const data of [...others, '{"choices":7}', '{"choices":[7]}', '{"choices":[{"delta":7}]}']) {
    equal(read(data, ...rest), { text: "a", thinking: 0, complete: true, end: "stop" }, data);
  }
  for (const data of ["{", "<html>", "secret"]) {
    const chunks = new OpenAiChunks();
    chunks.read(data);
    equal(chunks.failure?.fault, "broken", data);
    ok(!chunks.failure?.message.includes("secret"));
    for (const [event, fault] of [["ping", undefined], ["error", "broken"]] as const) {
      const named = new OpenAiChunks();
      named.read(data, event);
      equal(named.failure?.fault, fault);
    }
  }
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.json(), fc.json().map((v) => `{"choices":[${v}]}`)),
      (data) => {
        read(data);
      },
    ),
  );
});

Deno.test("OpenAiChunks.failure is the fault of an error in the stream, after its text and usage", () => {
  const told: [error: unknown, fault: string][] = [
    [{ code: "rate_limit_exceeded" }, "busy"],
    [{ code: 529, message: "overloaded" }, "busy"],
    [{ type: "server_error" }, "down"],
    [{ code: 502 }, "down"],
    [{ code: "insufficient_quota", type: "insufficient_quota" }, "account_empty"],
    [{ code: 402, message: "secret" }, "account_empty"],
    [{ code: "content_filter" }, "filtered"],
    [{ code: "context_length_exceeded" }, "too_long"],
    [{ message: "the request exceeds the available context size" }, "too_long"],
    ["something", "broken"],
  ];
  for (const [error, fault] of told) {
    equal(read(JSON.stringify({ error })).end, fault);
    equal(read(JSON.stringify({ choices: [{ error, finish_reason: "error" }] })).end, fault);
  }
  const chunks = new OpenAiChunks();
  const usage = { prompt_tokens: 1, completion_tokens: 1 };
  const last = { choices: [{ delta: { content: "a" } }], usage, error: { code: "server_error" } };
  equal(chunks.read(JSON.stringify(last)), "a");
  equal([chunks.failure?.fault, chunks.failure?.maySpend], ["down", true]);
  equal(chunks.usage().length, 1);
});

Deno.test("OpenAiChunks ignores what follows a whole reply", () => {
  equal(read(chunk({ content: "a" }), chunk({}, "stop"), "<html>").end, "stop");
  equal(read(chunk({ content: "a" }), chunk({}, "stop"), '{"error":{"code":1}}').end, "stop");
});
