import type { Config } from "../config.ts";
import type { HttpClient } from "../platform/http_client.ts";
import type { ModelPrice } from "./rules/prices.ts";
import { type ModelCatalogue, openCatalogue } from "./catalogue.ts";
import { createProviders, priceSources } from "./registry.ts";
import { chosenProviders } from "../config/models.ts";
import type { Transcriber } from "./transcriber.ts";
import type { Clock } from "../platform/clock.ts";
import type { Provider } from "./provider.ts";

export interface LanguageModels {
  provider: Provider;
  /** The provider tried first; its prices are held. */
  firstProvider: string;
  catalogue: ModelCatalogue;
  /** null when no provider can transcribe. */
  transcriber: Transcriber | null;
}

/** Creates the configured providers and prices; without any key, the mock provider. */
export async function createLanguageModels(
  config: Config,
  clock: Clock,
  overrides: ReadonlyMap<string, ModelPrice>,
  http: HttpClient,
): Promise<LanguageModels> {
  const catalogue = await openCatalogue({
    now: clock,
    overrides,
    sources: priceSources(config),
  });
  const names = chosenProviders(config);
  const { priceOf } = catalogue;
  const { provider, members, transcriber } = createProviders({ names, config, http, priceOf });
  return { provider, catalogue, transcriber, firstProvider: members[0]?.name ?? provider.name };
}
