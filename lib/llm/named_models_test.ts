import { deepStrictEqual as equal } from "node:assert/strict";
import { openCatalogue } from "./catalogue.ts";
import { Breakers } from "./breaker.ts";
import { fallbackChain } from "./fallback_chain.ts";
import { attemptWith, modelNamed, priceNamed } from "./named_models.ts";
import type { Provider } from "./provider.ts";

const catalogue = openCatalogue();
const member = (name: string): Provider => ({
  name,
  simulated: name === "mock",
  stream: () => {
    throw new Error("Nobody asks");
  },
});
const alone = { provider: member("openai"), firstProvider: "openai", catalogue };
const chain = {
  ...alone,
  provider: fallbackChain([member("openai"), member("mock")], {
    priceOf: catalogue.priceOf,
    breakers: new Breakers(() => 0),
  }),
};

Deno.test("modelNamed() reads a provider of the chain, and a bare name as a model of the first", () => {
  equal(modelNamed("gpt-4o", chain), { provider: "openai", model: "gpt-4o" });
  equal(modelNamed("mock:gpt-4o", chain), { provider: "mock", model: "gpt-4o" });
  equal(modelNamed("openai:gpt-4o", chain), { provider: "openai", model: "gpt-4o" });
  // A provider outside the chain is not split off.
  equal(modelNamed("mock:gpt-4o", alone), { provider: "openai", model: "mock:gpt-4o" });
  equal(priceNamed("mock:gpt-4o", alone), null);
  equal(priceNamed("mock:gpt-4o", chain), catalogue.priceOf("openai", "gpt-4o"));
});

Deno.test("attemptWith() says whether the provider of the model is simulated, not the whole chain", () => {
  const attempt = (name: string) => attemptWith(modelNamed(name, chain), chain);
  const price = catalogue.priceOf("openai", "gpt-4o");
  equal(attempt("gpt-4o"), { provider: "openai", model: "gpt-4o", simulated: false, price });
  equal(attempt("mock:gpt-4o"), { provider: "mock", model: "gpt-4o", simulated: true, price });
  equal(attempt("nobody-knows"), null);
});
