import { NOON_ZONE } from "./noon.ts";
import { NO_SHARES } from "./shares.ts";
import { readConfig } from "@/lib/config.ts";
import { createCalendar } from "@/lib/platform/calendar.ts";
import type { Breakers } from "@/lib/llm/breaker.ts";
import type { PriceOf } from "@/lib/llm/fallback_chain.ts";
import type { Provider } from "@/lib/llm/provider.ts";
import type { Deps } from "@/lib/deps.ts";
import { HttpClient } from "@/lib/platform/http_client.ts";
import type { Log } from "@/lib/platform/log.ts";
import { createLanguageModels } from "@/lib/llm/language_models.ts";
import type { Services } from "@/lib/service_types.ts";
import { createServices } from "@/lib/services.ts";
import { openStore } from "@/lib/stores.ts";

/** The program below HTTP, with a store and a provider of the test's choice. */
export interface World extends AsyncDisposable {
  services: Services;
  deps: Deps;
  /** Log lines. */
  logged: { level: string; message: string; details?: Parameters<Log>[2] }[];
}

export async function openWorld(options: {
  env?: Record<string, string>;
  path?: string;
  /** Made with the world's breakers, where it is a function. */
  provider?: Provider | ((breakers: Breakers) => Provider);
  /** Prices in place of the catalogue's. */
  priceOf?: PriceOf;
  /** The clock of the breakers, if it is another one. */
  breakerClock?: () => number;
  clock?: () => number;
} = {}): Promise<World> {
  const config = readConfig({
    MOCK_PACE_MS: "0",
    ...(options.clock ? {} : { TIME_ZONE: NOON_ZONE }),
    ...NO_SHARES,
    ...options.env,
  });
  const clock = options.clock ?? (() => Date.now());
  const logged: World["logged"] = [];
  const log: Log = (level, message, details) => {
    logged.push({ level, message, ...(details && { details }) });
  };
  const store = await openStore({ path: options.path ?? ":memory:", report: () => {} });
  const http = new HttpClient(config.proxies);
  const ticking = options.breakerClock ?? clock;
  const models = createLanguageModels(
    config,
    ticking,
    store.customPrices.current,
    http,
    () => store.settings.current.providers.chain,
  );
  const { provider, priceOf } = options;
  const { breakers } = models;
  const deps: Deps = {
    store,
    ...models,
    ...(priceOf ? { catalogue: { ...models.catalogue, priceOf } } : {}),
    http,
    ...(provider
      ? { provider: typeof provider === "function" ? provider(breakers) : provider }
      : {}),
    config,
    calendar: createCalendar(config.TIME_ZONE),
    clock,
    log,
  };
  const services = await createServices(deps);
  return { services, deps, logged, [Symbol.asyncDispose]: () => services.close(200) };
}
