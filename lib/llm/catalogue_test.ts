import { deepStrictEqual as equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import type { ListedModel } from "./rules/listed_models.ts";
import { MODEL_ENDS } from "./rules/model_list.ts";
import { costOf, type ModelPrice, worstCase } from "./rules/prices.ts";
import { type ModelCatalogue, openCatalogue } from "./catalogue.ts";

const NOW = Date.parse("2026-11-22T00:00:00Z");
const catalogue = openCatalogue({ now: () => NOW });

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

/** Published costs in nano-dollars: model, input, of which cached, of which written, output. */
const VECTORS: [string, string, number, number, number, number, bigint][] = [
  ["openai", "gpt-6-luna", 17_903, 17_817, 0, 100, 236_770n],
  ["openai", "gpt-6-luna", 272_000, 0, 0, 1_000, 27_700_000n],
  ["openai", "gpt-6-luna", 272_001, 0, 0, 1_000, 55_150_200n],
  ["openai", "gpt-6-luna", 2_000, 0, 1_000, 0, 225_000n],
  ["anthropic", "claude-haiku-5-5", 100_000, 0, 0, 1_000, 10_500_000n],
  ["anthropic", "claude-haiku-5-5", 100_001, 0, 0, 1_000, 52_500_500n],
];
for (const [provider, model, input, cached, written, output, nanos] of VECTORS) {
  Deno.test(`costOf() of ${input} tokens to ${model} is the published ${nanos}`, () => {
    const rates = catalogue.priceOf(provider, model);
    ok(rates);
    equal(costOf({ input, cached, written, output, reasoning: 0 }, rates), nanos);
    ok(worstCase(input, output, rates) >= nanos);
  });
}

/** Rates in dollars per million: input, cached, written, output, written for an hour. */
const RATES: [string, string, (number | null)[]][] = [
  ["openai", "gpt-6-luna", [.1, .01, .125, .5, null]],
  ["openai", "gpt-5.6-luna", [.2, .02, .25, 1.2, null]],
  ["openai", "gpt-5.6-terra", [2, .2, 2.5, 12, null]],
  ["openai", "gpt-6-sol", [2, .2, 2.5, 10, null]],
  ["openai", "gpt-6.1-sol", [2, .1, 2.5, 10, null]],
  ["openai", "gpt-6.1-terra", [1, .05, 1.25, 5, null]],
  ["openai", "gpt-6-astra", [10, 1, 12.5, 50, null]],
  ["anthropic", "claude-haiku-5-5", [.1, .01, .125, .5, .2]],
  ["anthropic", "claude-sonnet-5-5", [2, .1, 2.5, 10, 4]],
  ["anthropic", "claude-opus-5-5", [4, .2, 5, 20, 8]],
  ["anthropic", "claude-fable-5-1", [10, .25, 12.5, 50, 20]],
  ["anthropic", "claude-haiku-4-5", [1, .1, 1.25, 5, 2]],
];
for (const [provider, model, expected] of RATES) {
  Deno.test(`priceOf() has the published rates of ${model}`, () => {
    const rates = catalogue.priceOf(provider, model);
    ok(rates);
    const { input, cachedInput, cacheWrite, output, cacheWriteHour = null } = rates;
    const dollars = (rate: bigint | null = null) => rate === null ? null : Number(rate) / 1e9;
    equal([input, cachedInput, cacheWrite, output, cacheWriteHour].map(dollars), expected);
    equal(catalogue.priceOf(provider, `${model}-2026-10-01`)?.input, input);
  });
}

Deno.test("priceOf() has Sonnet 5.5's cheaper cache reads from 7 October 2026 on", () => {
  let now = Date.parse("2026-10-06T23:59:59Z");
  const table = openCatalogue({ now: () => now });
  const cached = () => table.priceOf("anthropic", "claude-sonnet-5-5")?.cachedInput;
  equal(cached(), 200_000_000n);
  now += 1_000;
  equal(cached(), 100_000_000n);
});

Deno.test("costOf() bills input written for an hour at its own rate", () => {
  const rates = catalogue.priceOf("anthropic", "claude-sonnet-5-5");
  ok(rates);
  const usage = { input: 3_000, cached: 0, written: 2_000, output: 0, reasoning: 0 };
  equal(
    costOf({ ...usage, writtenHour: 500 }, rates),
    1_000n * 2_000n + 1_500n * 2_500n + 500n * 4_000n,
  );
  throws(() => costOf({ ...usage, writtenHour: 2_001 }, rates), RangeError);
});

Deno.test("costOf() bills a long prompt at its tier as a whole", () => {
  const tiered = price("gpt-5.4");
  const cost = (input: number) => costOf({ input, cached: 0, output: 1_000, reasoning: 0 }, tiered);
  equal(cost(271_999), 271_999n * 2_500n + 1_000n * 15_000n);
  equal(cost(272_000), 272_000n * 5_000n + 1_000n * 22_500n);
  ok(worstCase(272_000, 1_000, tiered) >= cost(272_000));
});

Deno.test("priceOf() changes a price on its date", () => {
  let now = Date.parse("2026-08-20T23:59:59Z");
  const table = openCatalogue({ now: () => now });
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

Deno.test("priceOf() prefers an override; a negative one makes the price unknown", () => {
  const own = { input: 1n, cachedInput: 1n, output: 2n };
  const overrides = new Map<string, ModelPrice>([["openai/llama", own]]);
  const table = openCatalogue({ overrides, now: () => NOW });
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

Deno.test("pricedModels() offers models with a price that have not ended, on any day", () => {
  let now = NOW;
  const table = openCatalogue({ now: () => now });
  const names = () => table.pricedModels("openai").map(({ model }) => model);
  fc.assert(
    fc.property(
      fc.constantFrom("openai", "anthropic", "mock"),
      fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2029-01-01") }),
      (provider, at) => {
        now = at;
        const today = new Date(at).toISOString().slice(0, 10);
        for (const { model, price, endsOn, ended } of table.pricedModels(provider)) {
          ok(price.output > 0n && price.input > 0n, model);
          ok(!ended && (endsOn === null || endsOn > today), `${model} ended on ${endsOn}`);
        }
      },
    ),
    { numRuns: 200 },
  );
  now = Date.parse("2027-01-13T23:59:59Z");
  ok(names().includes("gpt-4o-mini") && !names().includes("gpt-5-mini"));
  now += 1_000;
  ok(!names().includes("gpt-4o-mini") && names().includes("gpt-6-luna"));
});

Deno.test("every replacement is a priced model without an announced end", () => {
  for (const { provider, replacement } of MODEL_ENDS) {
    const { price, minute, endsOn } = catalogue.entry({ provider, model: replacement });
    ok(price !== null || minute !== null, replacement);
    equal(endsOn, null, replacement);
  }
});

Deno.test("openCatalogue() takes a provider's word on ends and lengths", () => {
  const claims = new Map<string, ListedModel>();
  const table = openCatalogue({ claims, now: () => NOW });
  const ref = { provider: "openai", model: "gpt-6-luna" };
  const own = { provider: "lab", model: "llama" };
  equal([table.hasEnded(ref), table.contextOf("lab", "llama")], [false, null]);
  claims.set("openai/gpt-6-luna", {
    model: ref.model,
    endsOn: "2026-11-22",
    context: null,
    longestReply: null,
  });
  claims.set("lab/llama", { model: "llama", endsOn: null, context: 8_192, longestReply: 2_048 });
  equal([table.hasEnded(ref), table.entry(ref).endsOn], [true, "2026-11-22"]);
  ok(!table.pricedModels("openai").some(({ model }) => model === "gpt-6-luna"));
  equal([table.entry(own).context, table.entry(own).longestReply], [8_192, 2_048]);
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

Deno.test("openCatalogue() prices a compatible server by its address, and own servers at nothing", () => {
  const free = { input: 0n, cachedInput: 0n, output: 0n, audioInput: 0n };
  const own = { input: 5n, cachedInput: 5n, output: 5n };
  const table = openCatalogue({
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

Deno.test("openCatalogue() prices OpenAI's models on an own gateway by the list, others at nothing", () => {
  const sources = new Map([["openai", { url: null, own: true }]]);
  const table = openCatalogue({ now: () => NOW, sources });
  equal(table.priceOf("openai", "gpt-4o"), catalogue.priceOf("openai", "gpt-4o"));
  equal(table.priceOf("openai", "my-alias")?.output, 0n);
});

Deno.test("pricedModels() has the chat models that a compatible server lists, if they are priced", () => {
  const claim = (model: string) => ({ model, endsOn: null, context: 8_192, longestReply: null });
  const names = ["ollama/llama3.2", "ollama/hf.co/qwen/Qwen3:8b", "ollama/nomic-embed-text"];
  const far = ["far/mystery-1", "far/priced/one"];
  const table = openCatalogue({
    now: () => NOW,
    claims: new Map([...names, ...far].map((key) => [key, claim(key.slice(key.indexOf("/") + 1))])),
    overrides: new Map([["far/priced/one", { input: 1n, cachedInput: 1n, output: 1n }]]),
    sources: new Map([
      ["ollama", { url: "http://localhost:11434/v1", own: true }],
      ["far", { url: "https://llm.example.org/v1", own: false }],
    ]),
  });
  const listed = (provider: string) => table.pricedModels(provider).map(({ model }) => model);
  equal(listed("ollama"), ["hf.co/qwen/Qwen3:8b", "llama3.2"]);
  equal(listed("far"), ["priced/one"]);
  equal(table.contextOf("ollama", "llama3.2"), 8_192);
});
