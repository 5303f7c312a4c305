import { AppError } from "../platform/errors.ts";
import { chain } from "./chain.ts";
import { mock, type MockOptions } from "./mock/mock.ts";
import { openAi, type OpenAiOptions } from "./openai/openai.ts";
import type { Provider } from "./provider.ts";

export interface ProvidersConfig {
  /** In the order in which they are tried. */
  names: readonly ProviderName[];
  openai?: OpenAiOptions;
  mock?: MockOptions;
}

/** One line for each provider: how it is made from its own options. */
const PROVIDERS = {
  openai: ({ openai }: ProvidersConfig): Provider => openAi(openai ?? lacking("openai", "key")),
  anthropic: (): Provider => lacking("anthropic", "adapter"),
  mock: ({ mock: options }: ProvidersConfig): Provider => mock(options),
} satisfies Record<string, (config: ProvidersConfig) => Provider>;

export type ProviderName = keyof typeof PROVIDERS;

/** The provider to ask, and those it is made of in the order in which they are tried. */
export interface Providers {
  provider: Provider;
  members: readonly Provider[];
}

/**
 * Makes the chosen providers; several become a {@link chain}.
 * @throws {AppError} "invalid" for no name, a name twice, or a provider that lacks its options or does not exist yet.
 */
export function createProviders(config: ProvidersConfig): Providers {
  if (new Set(config.names).size < config.names.length) {
    throw new AppError("invalid", { code: "provider.twice" }, { field: "names" });
  }
  const openai = config.openai && { ...config.openai, succeeded: config.names.at(-1) !== "openai" };
  const members = config.names.map((name): Provider => PROVIDERS[name]({ ...config, openai }));
  const [only] = members;
  if (!only) throw new AppError("invalid", { code: "provider.none" }, { field: "names" });
  return { provider: members.length === 1 ? only : chain(members), members };
}

function lacking(provider: string, what: "key" | "adapter"): never {
  throw new AppError("invalid", { code: "provider.lacks", provider, what }, {
    field: "names",
  });
}
