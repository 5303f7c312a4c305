import { deepStrictEqual as equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { costOf, type ModelPrice, worstCase } from "./rules/prices.ts";
import { type ModelCatalogue, openCatalogue } from "./catalogue.ts";

const NOW = Date.parse("2026-11-22T00:00:00Z");
const catalogue = await openCatalogue({ now: () => NOW });

function price(model: string, from: ModelCatalogue = catalogue): ModelPrice {
  const found = from.priceOf("openai", model);
  ok(found, `${model} has no price`);
  return found;
}

Deno.test("openCatalogue() converts rates to exact nano-dollars", () => {
  equal(price("gpt-4o"), {
    input: 2_500_000_000n,
    cachedInput: 1_250_000_000n,
    output: 10_000_000_000n,
  });
  equal(price("gpt-4o-mini").cachedInput, 75_000_000n);
  equal(price("gpt-4o-2024-08-06"), price("gpt-4o"));
  equal(price("gpt-4o-2024-05-13").cachedInput, price("gpt-4o-2024-05-13").input);
});

Deno.test("costOf() matches the reference costs to the nano-dollar", () => {
  const large = { input: 17_903, cached: 17_817, output: 100, reasoning: 40 };
  equal(costOf(large, price("gpt-4o")), 23_486_250n);
  const small = { input: 1_000, cached: 0, output: 1_000, reasoning: 0 };
  equal(costOf(small, price("gpt-4o-mini")), 750_000n);
});

Deno.test("costOf() bills a long prompt at its tier as a whole", () => {
  const tiered = price("gpt-5.4");
  const cost = (input: number) => costOf({ input, cached: 0, output: 1_000, reasoning: 0 }, tiered);
  equal(cost(271_999), 271_999n * 2_500n + 1_000n * 15_000n);
  equal(cost(272_000), 272_000n * 5_000n + 1_000n * 22_500n);
  ok(worstCase(272_000, 1_000, tiered) >= cost(272_000));
});

Deno.test("priceOf() changes a price on its date", async () => {
  let now = Date.parse("2026-08-20T23:59:59Z");
  const table = await openCatalogue({ now: () => now });
  equal(price("gpt-5.6-sol", table).input, 5_000_000_000n);
  now = Date.parse("2026-08-21T00:00:00Z");
  equal(price("gpt-5.6-sol", table).input, 4_000_000_000n);
});

Deno.test("priceOf() is null for unknown models and those billed by more than text", () => {
  for (
    const [provider, model] of [
      ["openai", "gpt-99"],
      ["openai", "gpt-4o-nonsense"],
      ["openai", ""],
      ["openai", "claude-opus-4-5"],
      ["openai", "gpt-4o-mini-search-preview"],
      ["openai", "gpt-4o-audio-preview"],
      ["openai", "text-embedding-3-small"],
      ["openai", "omni-moderation-latest"],
      ["nobody", "gpt-4o"],
    ] as const
  ) equal(catalogue.priceOf(provider, model), null, `${provider}/${model}`);
});

Deno.test("priceOf() gives the simulated provider OpenAI's prices", () => {
  equal(catalogue.priceOf("mock", "gpt-4o-mini"), price("gpt-4o-mini"));
  const listed = (provider: string) =>
    catalogue.pricedModels(provider).map(({ provider: _, ...entry }) => entry);
  equal(listed("mock"), listed("openai"));
});

Deno.test("priceOf() prefers an override; a negative one makes the price unknown", async () => {
  const own = { input: 1n, cachedInput: 1n, output: 2n };
  const overrides = new Map<string, ModelPrice>([["openai/llama", own]]);
  const table = await openCatalogue({ overrides, now: () => NOW });
  equal(table.priceOf("openai", "llama"), own);
  const [cheapest] = table.pricedModels("openai");
  equal([cheapest?.provider, cheapest?.model, cheapest?.price], ["openai", "llama", own]);
  overrides.set("openai/gpt-4o", { ...own, output: -1n });
  equal(table.priceOf("openai", "gpt-4o"), null);
  ok(!table.pricedModels("openai").some(({ model }) => model === "gpt-4o"));
  overrides.delete("openai/gpt-4o");
  equal(price("gpt-4o", table), price("gpt-4o"));
});

Deno.test("pricedModels() lists chat models, cheapest first", () => {
  for (const provider of ["openai", "anthropic"]) {
    const listed = catalogue.pricedModels(provider);
    ok(listed.length > 8);
    for (const { model, price } of listed) {
      ok(price.input > 0n && price.output > 0n, model);
      equal(price, catalogue.priceOf(provider, model));
    }
    const sums = listed.map(({ price }) => price.input + price.output);
    equal(sums, sums.toSorted((a, b) => Number(a - b)));
  }
  const names = catalogue.pricedModels("openai").map(({ model }) => model);
  ok(names.includes("gpt-4o-mini") && names.includes("gpt-4o"));
  ok(!names.some((name) => /audio|image|embedding|realtime|-pro$|ft:/.test(name)));
  equal(catalogue.pricedModels("nobody"), []);
});

Deno.test("worstCase() is at least the cost of any call of a listed model", () => {
  const models = [...catalogue.pricedModels("openai"), ...catalogue.pricedModels("anthropic")];
  const tokens = fc.nat(400_000);
  fc.assert(
    fc.property(fc.constantFrom(...models), tokens, tokens, tokens, tokens, (each, ...counts) => {
      const [input, cached, written, output] = counts;
      const read = Math.min(cached, input);
      const usage = {
        input,
        cached: read,
        written: Math.min(written, input - read),
        output,
        reasoning: 0,
      };
      ok(costOf(usage, each.price) <= worstCase(input, output, each.price));
      ok(costOf(usage, each.price) > 0n || input + output === 0);
    }),
    { numRuns: 1_000 },
  );
});

Deno.test("contextOf() is the list's, or null", () => {
  equal(catalogue.contextOf("openai", "gpt-4o-2024-08-06"), 128_000);
  equal(catalogue.contextOf("mock", "gpt-5"), 400_000);
  equal(catalogue.contextOf("openai", "my-own-model"), null);
  equal(catalogue.contextOf("nobody", "gpt-4o"), null);
});

Deno.test("ModelCatalogue combines all facts of a model in its entry", () => {
  const { price: rates, context, capabilities, longestReply, endsOn, ...ref } = catalogue.entry({
    provider: "openai",
    model: "gpt-4o-mini",
  });
  equal([ref.provider, ref.model, ref.chat], ["openai", "gpt-4o-mini", true]);
  equal([rates, context, longestReply], [price("gpt-4o-mini"), 128_000, 16_384]);
  equal([capabilities.vision, capabilities.reasoning, endsOn], [true, false, "2027-01-14"]);
  const unknown = catalogue.entry({ provider: "openai", model: "my-own-model" });
  equal([unknown.price, unknown.context, unknown.endsOn], [null, null, null]);
});

Deno.test("openCatalogue() prices a compatible server by its address, and own servers at nothing", async () => {
  const free = { input: 0n, cachedInput: 0n, output: 0n };
  const own = { input: 5n, cachedInput: 5n, output: 5n };
  const table = await openCatalogue({
    now: () => NOW,
    overrides: new Map([["ollama/dear", own]]),
    sources: new Map([
      ["ollama", { url: "http://localhost:11434/v1", own: true }],
      ["fast", { url: "https://api.groq.com/openai/v1", own: false }],
      ["groq", { url: "https://llm.example.org/v1", own: false }],
    ]),
  });
  equal(table.priceOf("ollama", "llama3.2"), free);
  equal(table.priceOf("ollama", "gpt-4o"), free);
  equal(table.priceOf("ollama", "dear"), own);
  const listed = catalogue.priceOf("groq", "llama-3.3-70b-versatile");
  ok(listed !== null && listed.input > 0n);
  equal(table.priceOf("fast", "llama-3.3-70b-versatile"), listed);
  equal(table.priceOf("groq", "llama-3.3-70b-versatile"), null, "its name alone says no price");
  equal(table.contextOf("ollama", "gpt-4o"), null);
});

Deno.test("openCatalogue() prices OpenAI's models on an own gateway by the list, others at nothing", async () => {
  const sources = new Map([["openai", { url: null, own: true }]]);
  const table = await openCatalogue({ now: () => NOW, sources });
  equal(table.priceOf("openai", "gpt-4o"), catalogue.priceOf("openai", "gpt-4o"));
  equal(table.priceOf("openai", "my-alias")?.output, 0n);
});
