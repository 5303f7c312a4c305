import type { Config } from "../config.ts";
import { HttpClient } from "../platform/http_client.ts";
import type { ModelPrice } from "./rules/prices.ts";
import { openPrices } from "./prices.ts";
import { mockTranscriber } from "./mock/transcriber.ts";
import { openAiTranscriber } from "./openai/transcriber.ts";
import { createProviders } from "./registry.ts";
import type { Transcriber } from "./transcriber.ts";
import type { Clock, Deps } from "../deps.ts";

/** The providers and prices that the settings name; without any key, the mock provider. */
export async function createLanguageModels(
  config: Config,
  clock: Clock,
  overrides: ReadonlyMap<string, ModelPrice>,
): Promise<Pick<Deps, "provider" | "firstProvider" | "prices" | "transcriber">> {
  const http = new HttpClient(config.proxies);
  const names = config.LLM_PROVIDER ?? [config.OPENAI_API_KEY === undefined ? "mock" : "openai"];
  const { provider, members } = createProviders({
    names,
    openai: config.OPENAI_API_KEY === undefined ? undefined : {
      apiKey: config.OPENAI_API_KEY,
      baseUrl: config.OPENAI_BASE_URL,
      firstTokenSeconds: config.LLM_FIRST_TOKEN_SECONDS,
      http,
    },
    mock: {
      paceMs: config.MOCK_PACE_MS,
      ...(config.MOCK_PACE_MS === 0 ? { firstMs: 0 } : {}),
      directives: true,
    },
  });
  const prices = await openPrices({ now: clock, overrides });
  const transcriber = transcriberOf(config, names, http);
  return { provider, prices, transcriber, firstProvider: members[0]?.name ?? provider.name };
}

function transcriberOf(
  config: Config,
  names: readonly string[],
  http: HttpClient,
): Transcriber | null {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl } = config;
  const model = config.LLM_TRANSCRIPTION_MODEL;
  if (names.includes("openai") && apiKey !== undefined) {
    return openAiTranscriber({ apiKey, baseUrl, model, http });
  }
  return names.includes("mock") ? mockTranscriber(model) : null;
}
