import { deepStrictEqual as equal } from "node:assert/strict";
import { streamLimits } from "./stream_limits.ts";
import { OPENAI_URL } from "./openai/request.ts";

const OWN = "http://127.0.0.1:11434/v1";
const firstMs = (model: string, url: string, successors: string[] = [], patience = {}) => {
  const refs = successors.map((model) => ({ provider: "other", model }));
  return streamLimits({ model, effort: null, successors: refs }, url, patience).firstMs;
};

Deno.test("streamLimits() waits longer for models that think first and for own servers", () => {
  equal(firstMs("gpt-4o", OPENAI_URL), 30_000);
  equal(firstMs("o3-mini", OPENAI_URL), 120_000);
  equal(firstMs("llama3.2", OWN), 120_000);
});

Deno.test("streamLimits() waits less when another model can answer, or as configured", () => {
  equal(firstMs("gpt-4o", OPENAI_URL, ["m"]), 20_000);
  equal(firstMs("gpt-6-luna", OPENAI_URL, ["m"]), 20_000);
  equal(firstMs("gpt-6-astra", OPENAI_URL, ["m"]), 120_000);
  equal(firstMs("llama3.2", OWN, ["m"], { firstTokenSeconds: 45 }), 45_000);
});
