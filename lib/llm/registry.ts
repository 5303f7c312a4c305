import type { Config } from "../config.ts";
import type { ProviderName } from "../config/models.ts";
import { AppError } from "../platform/errors.ts";
import type { HttpClient } from "../platform/http_client.ts";
import { ANTHROPIC } from "./anthropic/anthropic.ts";
import { fallbackChain, type PriceOf } from "./fallback_chain.ts";
import { MOCK } from "./mock/mock.ts";
import { OPENAI } from "./openai/openai.ts";
import type { Provider, ProviderKind } from "./provider.ts";
import type { Transcriber } from "./transcriber.ts";

const PROVIDERS: Partial<Record<ProviderName, ProviderKind>> = {
  openai: OPENAI,
  anthropic: ANTHROPIC,
  mock: MOCK,
};

export interface ProvidersConfig {
  /** In order of attempts. */
  names: readonly ProviderName[];
  config: Config;
  http: HttpClient;
  /** Prices of a chain's attempts. */
  priceOf: PriceOf;
}

export interface Providers {
  /** The single provider or the chain. */
  provider: Provider;
  /** Its members, in order of attempts. */
  members: readonly Provider[];
  /** null when none of them can transcribe. */
  transcriber: Transcriber | null;
}

/**
 * Creates the chosen providers; several become a {@link fallbackChain}.
 * @throws {AppError} `invalid` for no name, a repeated name, or a provider that is unknown or lacks
 * its options.
 */
export function createProviders({ names, priceOf, config, http }: ProvidersConfig): Providers {
  if (new Set(names).size < names.length) {
    throw new AppError("invalid", { code: "provider.twice" }, { field: "names" });
  }
  const members: Provider[] = [];
  const transcribers: Transcriber[] = [];
  for (const name of names) {
    const kind = PROVIDERS[name] ?? lacking(name, "adapter");
    const context = { config, http, succeeded: name !== names.at(-1) };
    members.push(kind.provider(context) ?? lacking(name, "key"));
    const transcriber = kind.transcriber?.(context);
    if (transcriber) transcribers.push(transcriber);
  }
  const [only] = members;
  if (!only) throw new AppError("invalid", { code: "provider.none" }, { field: "names" });
  return {
    provider: members.length === 1 ? only : fallbackChain(members, priceOf),
    members,
    transcriber: transcribers.find(({ simulated }) => !simulated) ?? transcribers[0] ?? null,
  };
}

function lacking(provider: string, what: "key" | "adapter"): never {
  throw new AppError("invalid", { code: "provider.lacks", provider, what }, {
    field: "names",
  });
}
