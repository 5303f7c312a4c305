import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { asTextTokens, audioFormatOf, audioTokenBound, MOST_HEARD_SECONDS } from "./audio_input.ts";
import { factsOf } from "./model_facts.ts";
import { costOf, worstCase } from "./prices.ts";

Deno.test("audioTokenBound() is above the vendors' counts of a recording", () => {
  // OpenAI counts 10 tokens a second, Gemini 32; other models are bounded by 50.
  assertEquals(audioTokenBound("gpt-audio-1.5", 60), 610);
  assertEquals(audioTokenBound("gemini-2.5-flash", 60), 1_952);
  assertEquals(audioTokenBound("some-model", 60), 3_050);
  // Qwen counts 25, Voxtral one for each 80 ms.
  assertEquals(audioTokenBound("qwen3-omni", 60), 1_525);
  assertEquals(audioTokenBound("voxtral-small", 60), 763);
  assertEquals(MOST_HEARD_SECONDS, 120);
});

Deno.test("asTextTokens() is null for a price without a rate of audio, or none to compare it with", () => {
  const price = { input: 2_500_000_000n, cachedInput: 0n, output: 10n };
  assertEquals(asTextTokens(10, price), null);
  assertEquals(asTextTokens(10, { ...price, audioInput: 32_000_000_000n }), 128);
  assertEquals(asTextTokens(10, { ...price, audioInput: 32_100_000_000n }), 129);
  assertEquals(asTextTokens(10, { ...price, audioInput: 1n }), 10);
  assertEquals(asTextTokens(10, { ...price, input: 0n, audioInput: 1n }), null);
  assertEquals(asTextTokens(10, { ...price, input: 0n, audioInput: 0n }), 10);
});

Deno.test("a hold by asTextTokens() is never below a bill with its audio", () => {
  const rate = fc.bigInt(1n, 100_000_000_000n), count = fc.nat(50_000);
  fc.assert(fc.property(
    rate,
    rate,
    rate,
    count,
    count,
    count,
    count,
    (input, output, audioInput, text, audio, said, cached) => {
      const price = { input, cachedInput: input / 10n, output, audioInput };
      const tokens = asTextTokens(audio, price);
      assert.ok(tokens !== null);
      const hold = worstCase(text + tokens, said, price);
      const usage = {
        input: text + audio,
        cached: Math.min(cached, text + audio),
        output: said,
        reasoning: 0,
        audio,
      };
      assert.ok(hold >= costOf(usage, price));
    },
  ));
});

Deno.test("costOf() bills audio at its own rate, and as text where the price has none", () => {
  const price = { input: 2_000_000n, cachedInput: 1_000_000n, output: 0n };
  const usage = { input: 100, cached: 0, output: 0, reasoning: 0, audio: 40 };
  assertEquals(costOf(usage, { ...price, audioInput: 10_000_000n }), 60n * 2n + 40n * 10n);
  assertEquals(costOf(usage, price), 200n);
  // What came from the cache is no audio as far as there is other input.
  const cached = { ...usage, cached: 80 };
  assertEquals(costOf(cached, { ...price, audioInput: 10_000_000n }), 80n + 20n * 10n);
});

Deno.test("factsOf() tells models that take recordings from those that do not", () => {
  const hears = (model: string) => factsOf({ model }).capabilities.audioInput;
  for (
    const model of [
      "gpt-audio",
      "gpt-audio-1.5",
      "openai/gpt-audio-1.5",
      "gemini-2.5-flash",
      "Qwen/Qwen3-Omni-30B-A3B-Instruct",
      "mistralai/Voxtral-Small-24B-2507",
      "gemma3n:e4b",
    ]
  ) assertEquals(hears(model), true, model);
  for (
    const model of [
      "gpt-6-luna",
      "gpt-4o",
      "gpt-4o-mini-transcribe",
      "voxtral-mini-transcribe-2507",
      "claude-haiku-5-5",
      "gemini-2.5-flash-image",
      "llama3.2",
    ]
  ) assertEquals(hears(model), false, model);
});

Deno.test("audioFormatOf() names the formats of requests", () => {
  const types = ["audio/wav", "audio/mpeg", "audio/ogg", "audio/webm", "audio/mp4", "audio/amr"];
  assertEquals(types.map(audioFormatOf), ["wav", "mp3", "ogg", "webm", "m4a", null]);
});
