import { NO_SHARES } from "./shares.ts";
import { readConfig } from "@/lib/config.ts";
import { createCalendar } from "@/lib/domain/calendar.ts";
import type { Provider } from "@/lib/llm/provider.ts";
import type { Deps, Log } from "@/lib/services/deps.ts";
import { createLanguageModels } from "@/lib/services/language_models.ts";
import { createServices, type Services } from "@/lib/services/mod.ts";
import { openStore } from "@/lib/store/store.ts";

/** The whole program below HTTP, as it runs, on a store and a provider of the test's choice. */
export interface World extends AsyncDisposable {
  services: Services;
  deps: Deps;
  /** Lines that were logged. */
  logged: { level: string; message: string }[];
}

export async function openWorld(options: {
  env?: Record<string, string>;
  path?: string;
  provider?: Provider;
  clock?: () => number;
} = {}): Promise<World> {
  const config = readConfig({ MOCK_PACE_MS: "0", ...NO_SHARES, ...options.env });
  const clock = options.clock ?? (() => Date.now());
  const logged: World["logged"] = [];
  const log: Log = (level, message) => void logged.push({ level, message });
  const store = await openStore({ path: options.path ?? ":memory:", report: () => {} });
  const models = await createLanguageModels(config, clock, store.ownPrices.current);
  const deps: Deps = {
    store,
    ...models,
    ...(options.provider ? { provider: options.provider } : {}),
    config,
    calendar: createCalendar(config.TIME_ZONE),
    clock,
    log,
  };
  const services = await createServices(deps);
  return { services, deps, logged, [Symbol.asyncDispose]: () => services.close(200) };
}
