import type { ModelCatalogue } from "./catalogue.ts";
import type { Provider, ProviderAttempt } from "./provider.ts";
import { type ModelRef, parseModelRef } from "./rules/model_ref.ts";
import type { ModelPrice } from "./rules/prices.ts";

/** The providers that a stored model name can refer to. */
export interface NamingModels {
  provider: Provider;
  /** The provider tried first: bare names are its models. */
  firstProvider: string;
}

type Needs = NamingModels & { catalogue: ModelCatalogue };

/** Resolves a stored model name: `provider:model`, or a bare name. */
export function modelNamed(name: string, { provider, firstProvider }: NamingModels): ModelRef {
  return parseModelRef(name, [
    firstProvider,
    ...availableProviders(provider).map(({ name }) => name),
  ]);
}

/** The current price of a stored model name; null when unknown. */
export function priceNamed(name: string, needs: Needs): ModelPrice | null {
  const { provider, model } = modelNamed(name, needs);
  return needs.catalogue.priceOf(provider, model);
}

/** The first attempt with a model; null when its price is unknown, so it cannot be paid for. */
export function attemptWith(ref: ModelRef, { provider, catalogue }: Needs): ProviderAttempt | null {
  const price = catalogue.priceOf(ref.provider, ref.model);
  const member = availableProviders(provider).find(({ name }) => name === ref.provider) ?? provider;
  const { provider: name, model } = ref;
  return price && { provider: name, model, simulated: member.simulated, price };
}

/** All providers that a name can refer to, in order of attempts. */
export function availableProviders(provider: Provider): Provider[] {
  const { members = [provider], others = [] } = provider;
  return [...members, ...others];
}
