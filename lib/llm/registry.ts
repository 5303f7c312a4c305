import type { Config } from "../config.ts";
import type { ProviderName } from "../config/models.ts";
import { AppError } from "../platform/errors.ts";
import type { HttpClient } from "../platform/http_client.ts";
import { fallbackChain, type PriceOf } from "./fallback_chain.ts";
import { MOCK } from "./mock/mock.ts";
import { OPENAI } from "./openai/openai.ts";
import type { Provider, ProviderKind } from "./provider.ts";
import type { Transcriber } from "./transcriber.ts";

/** One line for each provider. */
const PROVIDERS: Partial<Record<ProviderName, ProviderKind>> = {
  openai: OPENAI,
  mock: MOCK,
};

export interface ProvidersConfig {
  /** In the order in which they are tried. */
  names: readonly ProviderName[];
  config: Config;
  http: HttpClient;
  /** The prices of a chain's attempts. */
  priceOf: PriceOf;
}

export interface Providers {
  /** The provider to ask. */
  provider: Provider;
  /** Those it is made of, in the order in which they are tried. */
  members: readonly Provider[];
  /** Null where none of them writes down sound. */
  transcriber: Transcriber | null;
}

/**
 * Makes the chosen providers; several become a {@link fallbackChain}.
 * @throws {AppError} "invalid" for no name, a name twice, or a provider that lacks its options or does not exist yet.
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
