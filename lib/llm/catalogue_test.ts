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

Deno.test("rates are exact nano-dollars", () => {
  equal(price("gpt-4o"), {
    input: 2_500_000_000n,
    cachedInput: 1_250_000_000n,
    output: 10_000_000_000n,
  });
  equal(price("gpt-4o-mini").cachedInput, 75_000_000n);
  equal(price("gpt-4o-2024-08-06"), price("gpt-4o"));
  equal(price("gpt-4o-2024-05-13").cachedInput, price("gpt-4o-2024-05-13").input);
});

Deno.test("the vectors of the research, to the nano-dollar", () => {
  const large = { input: 17_903, cached: 17_817, output: 100, reasoning: 40 };
  equal(costOf(large, price("gpt-4o")), 23_486_250n);
  const small = { input: 1_000, cached: 0, output: 1_000, reasoning: 0 };
  equal(costOf(small, price("gpt-4o-mini")), 750_000n);
});

Deno.test("a long prompt costs its tier, all of it", () => {
  const tiered = price("gpt-5.4");
  const cost = (input: number) => costOf({ input, cached: 0, output: 1_000, reasoning: 0 }, tiered);
  equal(cost(271_999), 271_999n * 2_500n + 1_000n * 15_000n);
  equal(cost(272_000), 272_000n * 5_000n + 1_000n * 22_500n);
  ok(worstCase(272_000, 1_000, tiered) >= cost(272_000));
});

Deno.test("a price that changes on a day changes on that day", async () => {
  let now = Date.parse("2026-08-20T23:59:59Z");
  const table = await openCatalogue({ now: () => now });
  equal(price("gpt-5.6-sol", table).input, 5_000_000_000n);
  now = Date.parse("2026-08-21T00:00:00Z");
  equal(price("gpt-5.6-sol", table).input, 4_000_000_000n);
});

Deno.test("what is not known, or is billed by more than text, has no price", () => {
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

Deno.test("the simulated provider costs what OpenAI does", () => {
  equal(catalogue.priceOf("mock", "gpt-4o-mini"), price("gpt-4o-mini"));
  const listed = (provider: string) =>
    catalogue.pricedModels(provider).map(({ provider: _, ...entry }) => entry);
  equal(listed("mock"), listed("openai"));
});

Deno.test("an override goes first, and one below zero makes the price unknown", async () => {
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

Deno.test("the list is of chat models, the cheapest first", () => {
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

Deno.test("no call of a listed model costs more than its worst case", () => {
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

Deno.test("contexts are the list's, and none where it does not tell", () => {
  equal(catalogue.contextOf("openai", "gpt-4o-2024-08-06"), 128_000);
  equal(catalogue.contextOf("mock", "gpt-5"), 400_000);
  equal(catalogue.contextOf("openai", "my-own-model"), null);
  equal(catalogue.contextOf("nobody", "gpt-4o"), null);
});

Deno.test("an entry is all that is known of a model", () => {
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
