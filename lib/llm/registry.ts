import type { Config } from "../config.ts";
import { isOwnServer } from "../shared/own_server.ts";
import { AppError } from "../platform/errors.ts";
import type { HttpClient } from "../platform/http_client.ts";
import { ANTHROPIC } from "./anthropic/anthropic.ts";
import type { PriceSource } from "./catalogue.ts";
import { type ChainOptions, fallbackChain } from "./fallback_chain.ts";
import { MOCK } from "./mock/mock.ts";
import { compatible, OPENAI } from "./openai/openai.ts";
import type { Provider, ProviderKind } from "./provider.ts";
import { mayChat } from "./rules/listed_models.ts";
import { apiAddress, isModelRuntime } from "./rules/server_address.ts";
import type { Transcriber } from "./audio/transcriber.ts";

/** The providers with a protocol of their own; the compatible servers come from the settings. */
const PROVIDERS: ReadonlyMap<string, ProviderKind> = new Map([
  ["openai", OPENAI],
  ["anthropic", ANTHROPIC],
]);

/** The models that answer where a chain names none. */
const DEFAULT_MODELS: ReadonlyMap<string, string> = new Map([
  ["openai", "gpt-6-luna"],
  ["anthropic", "claude-haiku-5-5"],
  ["mock", "gpt-6-luna"],
]);

export interface ProvidersConfig
  extends Pick<ChainOptions, "priceOf" | "breakers" | "order" | "modelsOf"> {
  /** In order of attempts. */
  names: readonly string[];
  config: Config;
  http: HttpClient;
}

export interface Providers {
  /** The chain of all. */
  provider: Provider;
  /** Its members, in order of attempts. */
  members: readonly Provider[];
  /** Those that are set up besides, asked only by their names. */
  others: readonly Provider[];
  /** null when none of them can transcribe. */
  transcriber: Transcriber | null;
}

/**
 * Creates the chosen providers, and all others that are set up, as one {@link fallbackChain}.
 * @throws {AppError} `invalid` for no name, a repeated name, or a provider that is unknown or lacks
 * its options.
 */
export function createProviders({ names, config, http, ...chain }: ProvidersConfig): Providers {
  if (new Set(names).size < names.length) {
    throw new AppError("invalid", { code: "provider.twice" }, { field: "names" });
  }
  const kinds = new Map([
    ...PROVIDERS,
    ...config.compatible.map((server) => [server.name, compatible(server)] as const),
  ]);
  const kindOf = (name: string) => name === "mock" ? MOCK : kinds.get(name);
  const members = names.map((name) => {
    const kind = kindOf(name) ?? lacking(name, "adapter");
    return kind.provider({ config, http }) ?? lacking(name, "key");
  });
  const context = { config, http };
  const unchosen = [...kinds].filter(([name]) => !names.includes(name));
  const others = unchosen.flatMap(([, kind]) => kind.provider(context) ?? []);
  if (members.length === 0) {
    throw new AppError("invalid", { code: "provider.none" }, { field: "names" });
  }
  // Sound leaves the organisation's servers only where text does too.
  const outside = members.some(({ own, simulated }) => !own && !simulated);
  const able = [...names, ...outside ? unchosen.map(([name]) => name) : []];
  const transcribers = able.flatMap((name) => kindOf(name)?.transcriber?.(context) ?? []);
  return {
    provider: fallbackChain(members, {
      ...chain,
      others,
      defaultModelOf: defaultModels(config, names, chain.modelsOf),
    }),
    members,
    others,
    transcriber: transcribers.find(({ simulated }) => !simulated) ?? transcribers[0] ?? null,
  };
}

/** The providers whose prices are not those listed under their names. */
export function priceSources(
  { OPENAI_BASE_URL: url, compatible }: Config,
): ReadonlyMap<string, PriceSource> {
  const sources = new Map<string, PriceSource>(compatible.map(({ name, url }) => {
    const address = apiAddress(url);
    return [name, { url: address, own: isOwnServer(address) }];
  }));
  // A gateway of one's own may stand before OpenAI: its models have their list prices there.
  if (url !== undefined && isOwnServer(url)) {
    sources.set("openai", { url: isModelRuntime(url) ? url : null, own: true });
  }
  return sources;
}

/** A provider's model where it does not have the one that failed. */
function defaultModels(
  { LLM_DEFAULT_MODEL }: Pick<Config, "LLM_DEFAULT_MODEL">,
  [first]: readonly string[],
  modelsOf: ChainOptions["modelsOf"] = () => [],
): (provider: string) => string | null {
  return (provider) => {
    if (provider === first) return LLM_DEFAULT_MODEL;
    return DEFAULT_MODELS.get(provider) ?? modelsOf(provider).find(mayChat) ?? null;
  };
}

function lacking(provider: string, what: "key" | "adapter"): never {
  throw new AppError("invalid", { code: "provider.lacks", provider, what }, {
    field: "names",
  });
}
