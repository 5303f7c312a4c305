/** A model of a provider. */
export interface ModelRef {
  readonly provider: string;
  readonly model: string;
}

/**
 * Reads `provider:model`, or a bare name, which is a model of the first provider. Names have
 * colons of their own (`gpt-oss:20b`, `ft:gpt-4o:…`): only a known provider's name is one.
 */
export function parseModelRef(text: string, providers: readonly string[]): ModelRef {
  const colon = text.indexOf(":");
  const provider = text.slice(0, Math.max(0, colon));
  if (providers.includes(provider)) return { provider, model: text.slice(colon + 1) };
  return { provider: providers[0] ?? "", model: text };
}

/** The text of a reference, bare where that reads as the same. */
export function modelRefText(ref: ModelRef, providers: readonly string[]): string {
  const bare = parseModelRef(ref.model, providers);
  const same = bare.provider === ref.provider && bare.model === ref.model;
  return same ? ref.model : `${ref.provider}:${ref.model}`;
}

/** The provider whose prices and models hold: those of the simulated one are OpenAI's. */
export function sellerOf(provider: string): string {
  return provider === "mock" ? "openai" : provider;
}

/** The name without a gateway's prefix or that of a fine-tuned model, in lower case. */
export function bareName(model: string): string {
  return model.toLowerCase().replace(/^(ft:)?([\w-]+\/)*(ft:)?/, "");
}
