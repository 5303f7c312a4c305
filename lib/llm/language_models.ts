import type { Config } from "../config.ts";
import type { HttpClient } from "../platform/http_client.ts";
import type { ListedModel } from "./rules/listed_models.ts";
import type { ModelPrice } from "./rules/prices.ts";
import { type ModelCatalogue, openCatalogue } from "./catalogue.ts";
import { createProviders, priceSources } from "./registry.ts";
import { chosenProviders } from "../config/models.ts";
import { Breakers } from "./breaker.ts";
import { CallFigures } from "./call_figures.ts";
import type { Transcriber } from "./audio/transcriber.ts";
import type { Clock } from "../platform/clock.ts";
import type { Provider } from "./provider.ts";

export interface LanguageModels {
  provider: Provider;
  /** The provider tried first; its prices are held. */
  firstProvider: string;
  catalogue: ModelCatalogue;
  /** The models that providers list, by `provider/model`; part of the catalogue. */
  claims: Map<string, ListedModel>;
  breakers: Breakers;
  /** Calls of the last 24 hours, by provider. */
  callFigures: CallFigures;
  /** null when no provider can transcribe. */
  transcriber: Transcriber | null;
}

/**
 * Creates the configured providers and prices; without any key, the mock provider.
 * @param order the organisation's order of providers, read with each call; null for the settings'
 */
export function createLanguageModels(
  config: Config,
  clock: Clock,
  overrides: ReadonlyMap<string, ModelPrice>,
  http: HttpClient,
  order: () => readonly string[] | null = () => null,
): LanguageModels {
  const claims = new Map<string, ListedModel>();
  const catalogue = openCatalogue({
    claims,
    now: clock,
    overrides,
    sources: priceSources(config),
  });
  const names = chosenProviders(config);
  const breakers = new Breakers(clock);
  const { priceOf } = catalogue;
  const created = createProviders({
    names,
    config,
    http,
    priceOf,
    breakers,
    order,
    modelsOf: (provider) =>
      config.compatible.some(({ name }) => name === provider) ? listedOf(claims, provider) : [],
  });
  const { provider, members, transcriber } = created;
  const firstProvider = members[0]?.name ?? provider.name;
  const callFigures = new CallFigures(clock, breakers);
  return { provider, catalogue, claims, breakers, callFigures, transcriber, firstProvider };
}

/** The models that a provider lists; names of models may hold slashes. */
function listedOf(claims: ReadonlyMap<string, ListedModel>, provider: string): string[] {
  const start = `${provider}/`;
  return [...claims.keys()].filter((key) => key.startsWith(start))
    .map((key) => key.slice(start.length));
}
