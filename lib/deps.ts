import type { Config } from "./config.ts";
import type { LanguageModels } from "./llm/language_models.ts";
import type { Calendar } from "./platform/calendar.ts";
import type { HttpClient } from "./platform/http_client.ts";
import type { Clock } from "./platform/clock.ts";
import type { Log } from "./platform/log.ts";
import type { Store } from "./stores.ts";

/** Dependencies of the services. Each service declares the ones it uses. */
export interface Deps extends LanguageModels {
  store: Store;
  /** Carries requests to models, Twilio and webhooks. */
  http: HttpClient;
  config: Config;
  calendar: Calendar;
  clock: Clock;
  log: Log;
}
