export interface ModelRef {
  readonly provider: string;
  readonly model: string;
}

/**
 * Parses `provider:model`, or a bare name: a model of the first provider. Names may contain colons
 * (`gpt-oss:20b`, `ft:gpt-4o:…`), so only a known provider's name is split off.
 */
export function parseModelRef(text: string, providers: readonly string[]): ModelRef {
  const colon = text.indexOf(":");
  const provider = text.slice(0, Math.max(0, colon));
  if (providers.includes(provider)) return { provider, model: text.slice(colon + 1) };
  return { provider: providers[0] ?? "", model: text };
}

/** The provider whose prices and models apply: OpenAI's for the simulated one. */
export function pricingProviderOf(provider: string): string {
  return provider === "mock" ? "openai" : provider;
}

/** The name in lower case, without a gateway's prefix or that of a fine-tuned model. */
export function bareName(model: string): string {
  return model.toLowerCase().replace(/^(ft:)?([\w-]+\/)*(ft:)?/, "");
}
