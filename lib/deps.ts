import type { Config } from "./config.ts";
import type { Calendar } from "./platform/calendar.ts";
import type { Clock } from "./platform/clock.ts";
import type { HttpClient } from "./platform/http_client.ts";
import type { Log } from "./platform/log.ts";
import type { ModelCatalogue } from "./llm/catalogue.ts";
import type { Provider } from "./llm/provider.ts";
import type { Transcriber } from "./llm/transcriber.ts";
import type { Store } from "./stores.ts";

/** What the services stand on. */
export interface Deps {
  store: Store;
  provider: Provider;
  /** Name of the provider that is asked first; its prices are held. */
  firstProvider: string;
  prices: ModelCatalogue;
  /** Null where no provider hears. */
  transcriber: Transcriber | null;
  /** Carries requests to models, Twilio and webhooks. */
  http: HttpClient;
  config: Config;
  calendar: Calendar;
  clock: Clock;
  log: Log;
}
