import type { ModelCatalogue } from "./catalogue.ts";
import type { Provider, ProviderAttempt } from "./provider.ts";
import { type ModelRef, parseModelRef } from "./rules/model_ref.ts";
import type { ModelPrice } from "./rules/prices.ts";

/** What tells which model a stored name means. */
export interface NamingModels {
  provider: Provider;
  /** Name of the provider that is asked first: bare names are its models. */
  firstProvider: string;
}

type Needs = NamingModels & { catalogue: ModelCatalogue };

/** The model that a name in a tool or a setting means: `provider:model`, or bare. */
export function modelNamed(name: string, { provider, firstProvider }: NamingModels): ModelRef {
  const members = provider.members?.map((member) => member.name) ?? [];
  return parseModelRef(name, [firstProvider, ...members]);
}

/** The price in force of the model that a name means; null when it is not known. */
export function priceNamed(name: string, needs: Needs): ModelPrice | null {
  const { provider, model } = modelNamed(name, needs);
  return needs.catalogue.priceOf(provider, model);
}

/** A model as it is asked first; null when its price is not known, so that it cannot be paid for. */
export function attemptWith(ref: ModelRef, { provider, catalogue }: Needs): ProviderAttempt | null {
  const price = catalogue.priceOf(ref.provider, ref.model);
  const member = provider.members?.find(({ name }) => name === ref.provider) ?? provider;
  const { provider: name, model } = ref;
  return price && { provider: name, model, simulated: member.simulated, price };
}
