import type { ProviderTestCode } from "../../shared/provider_test_codes.ts";

/** What a test found, and what to do. */
export const PROVIDER_TEST_TEXTS: Readonly<Record<ProviderTestCode, string>> = {
  answered: "It answers.",
  key_refused: "The key is not accepted. Set a new one, start the program again, and test it.",
  account_empty: "The account is empty, or its limit is reached. Add credit at the provider, " +
    "then test again.",
  busy: "It takes no more calls for now. Test again in a minute.",
  down: "It cannot be reached, or it fails. See whether it runs, and whether its address is right.",
  timeout: "It did not answer within 30 seconds.",
  broken: "It answers with something else than a reply. See whether its address is right.",
  refused: "It refuses this model. Choose another one for the tools.",
  no_price: "Nothing was sent, because no price is known for this model. Set its price first.",
  no_model: "Nothing was sent, because no model of it is known. Choose one for a tool first.",
  no_budget: "Nothing was sent, because today's budget is used up.",
};

/** What people call the providers that have a name of their own. */
export const PROVIDER_NAMES: ReadonlyMap<string, string> = new Map([
  ["openai", "OpenAI"],
  ["anthropic", "Anthropic"],
  ["mock", "Simulated replies"],
]);

export const PROVIDERS_TEXTS = {
  moved: "Saved. The new order counts from the next reply.",
  tested: (name: string, result: string) => `${name}: ${result}`,
} as const;
