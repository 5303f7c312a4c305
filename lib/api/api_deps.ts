import type { Config } from "../config.ts";
import type { Refusals } from "../limits/refusals.ts";
import type { BreakerStates } from "../llm/breaker.ts";
import type { ModelCatalogue } from "../llm/catalogue.ts";
import type { Provider } from "../llm/provider.ts";
import type { Media } from "../media/stored_media.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type { EventBus } from "../platform/event_bus.ts";
import type { Log } from "../platform/log.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";
import type { ProcessRegistry } from "../store/process_registry.ts";
import type { Transactions } from "../store/transactions.ts";
import type { Tools } from "../tools/stored_tools.ts";
import type { StoredApiKeys } from "./stored_keys.ts";

/** Dependencies of requests over /v1. */
export interface ApiDeps {
  store: {
    apiKeys: StoredApiKeys;
    media: Media;
    processes: ProcessRegistry;
    refusals: Refusals;
    settings: StoredSettings;
    tools: Tools;
    transactions: Transactions;
  };
  bus: EventBus;
  config: Config;
  provider: Provider;
  firstProvider: string;
  catalogue: ModelCatalogue;
  breakers: BreakerStates;
  calendar: Calendar;
  clock: Clock;
  log: Log;
}
