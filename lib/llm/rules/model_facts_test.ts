import { assertEquals } from "@/tests/support/assert.ts";
import { deepStrictEqual as equal } from "node:assert/strict";
import { factsOf, priceAt } from "./model_facts.ts";

const vision = (model: string) => factsOf({ model }).capabilities.vision;

Deno.test("factsOf() tells models with vision from those without", () => {
  for (
    const model of [
      "gpt-4o",
      "gpt-4o-mini",
      "GPT-4o-2024-11-20",
      "openai/gpt-4.1-nano",
      "ft:gpt-4o-mini:acme::1",
      "gpt-4-turbo",
      "gpt-5",
      "gpt-5.4-mini",
      "o3",
      "o4-mini",
      "claude-sonnet-4-5",
      "meta/llama-3.2-11b-vision",
      "qwen2.5-vl-7b",
    ]
  ) assertEquals(vision(model), true, model);
  for (
    const model of [
      "gpt-3.5-turbo",
      "gpt-4",
      "gpt-4-0613",
      "o1-mini",
      "o3-mini",
      "openai/gpt-oss-20b",
      "llama-3.1-8b",
      "gpt-4o-audio-preview",
      "devlin",
      "",
    ]
  ) assertEquals(vision(model), false, model);
});

Deno.test("factsOf() knows models that think without showing it", () => {
  const unseen = [
    "o3",
    "o4-mini",
    "gpt-5-mini",
    "openai/gpt-5.2",
    "gemini-2.5-flash",
    "x-ai/grok-4",
  ];
  for (const model of unseen) equal(factsOf({ model }).capabilities.reasoning, true, model);
  const plain = [
    "gpt-4o-mini",
    "gpt-5-chat",
    "gemini-2.0-flash",
    "grok-2",
    "deepseek-reasoner",
    "",
  ];
  for (const model of plain) equal(factsOf({ model }).capabilities.reasoning, false, model);
});

Deno.test("factsOf() limits audio prices and shutdowns to a provider's own models", () => {
  const whisper = factsOf({ provider: "mock", model: "whisper-1" });
  equal([whisper.minute, whisper.billedBySecond, whisper.capabilities.audio], [
    6_000_000n,
    true,
    true,
  ]);
  equal(factsOf({ provider: "nobody", model: "whisper-1" }).minute, null);
  equal(factsOf({ provider: "openai", model: "toString" }).minute, null);
  equal(factsOf({ provider: "openai", model: "gpt-4o-mini" }).endsOn, "2027-01-14");
  equal(factsOf({ provider: "openai", model: "gpt-4o-2024-05-13" }).endsOn, "2026-10-23");
  equal(
    factsOf({ provider: "openai", model: "ft:gpt-4o-mini-2024-07-18:a::b" }).endsOn,
    "2027-01-14",
  );
  equal(factsOf({ provider: "openai", model: "gpt-oss:20b" }).endsOn, null);
  equal(factsOf({ model: "gpt-4o-mini" }).endsOn, null);
});

Deno.test("priceAt() is the price of the last day that has begun", () => {
  const [first, second] = [1n, 2n].map((rate) => ({
    input: rate,
    cachedInput: rate,
    output: rate,
  }));
  if (!first || !second) throw new Error();
  const prices = [{ from: "2026-10-07", price: first }, { from: "2027-01-01", price: second }];
  const at = (time: string) => priceAt(prices, Date.parse(time));
  equal(at("2026-10-06T23:59:59.999Z"), null);
  equal(at("2026-10-07T00:00:00Z"), first);
  equal(at("2027-05-01T12:00:00Z"), second);
  equal(priceAt([], 0), null);
});
