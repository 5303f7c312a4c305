import type { Config } from "../config.ts";
import type { Deps } from "../deps.ts";
import { createLanguageModels } from "../llm/language_models.ts";
import { createCalendar } from "../platform/calendar.ts";
import { HttpClient } from "../platform/http_client.ts";
import type { Log } from "../platform/log.ts";
import type { Store } from "../stores.ts";

/** Dependencies of services that a command uses; warnings and errors are said, not logged. */
export function commandDeps(
  config: Config,
  store: Store,
  say: (line: string) => void,
): Deps {
  const clock = () => Date.now();
  const http = new HttpClient(config.proxies);
  const log: Log = (level, message) => {
    if (level === "warn" || level === "error") say(message);
  };
  const models = createLanguageModels(
    config,
    clock,
    store.customPrices.current,
    http,
    () => store.settings.current.providers.chain,
  );
  return { store, ...models, http, config, calendar: createCalendar(config.TIME_ZONE), clock, log };
}
