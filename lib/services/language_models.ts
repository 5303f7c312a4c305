import type { Config } from "../config.ts";
import type { ModelPrice } from "../domain/prices.ts";
import { openPrices } from "../llm/prices.ts";
import { createProviders } from "../llm/registry.ts";
import type { Clock, Deps } from "./deps.ts";

/** The providers and prices that the settings name; without any key, the mock provider. */
export async function createLanguageModels(
  config: Config,
  clock: Clock,
  overrides: ReadonlyMap<string, ModelPrice>,
): Promise<Pick<Deps, "provider" | "firstProvider" | "prices">> {
  const names = config.LLM_PROVIDER ?? [config.OPENAI_API_KEY === undefined ? "mock" : "openai"];
  const { provider, members } = createProviders({
    names,
    openai: config.OPENAI_API_KEY === undefined
      ? undefined
      : { apiKey: config.OPENAI_API_KEY, baseUrl: config.OPENAI_BASE_URL },
    mock: {
      paceMs: config.MOCK_PACE_MS,
      ...(config.MOCK_PACE_MS === 0 ? { firstMs: 0 } : {}),
      directives: true,
    },
  });
  const prices = await openPrices({ now: clock, overrides });
  return { provider, prices, firstProvider: members[0]?.name ?? provider.name };
}
