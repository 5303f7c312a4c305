import type { HttpClient } from "../platform/http_client.ts";
import type { Conversations } from "../chat/conversations.ts";
import type { Config } from "../config.ts";
import type { StoredExperiments } from "../experiments/stored_experiments.ts";
import type { ModelCatalogue } from "../llm/catalogue.ts";
import type { Provider } from "../llm/provider.ts";
import type { Refusals } from "../limits/refusals.ts";
import type { Media } from "../media/stored_media.ts";
import type { Ledger } from "../metering/ledger.ts";
import type { CustomPrices } from "../metering/custom_prices.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type { EventBus } from "../platform/event_bus.ts";
import type { Log } from "../platform/log.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";
import type { Kv } from "../store/kv.ts";
import type { ProcessRegistry } from "../store/process_registry.ts";
import type { Transactions } from "../store/transactions.ts";
import type { Tools } from "../tools/stored_tools.ts";
import type { Phones } from "./phones.ts";

/** Dependencies of WhatsApp on the capabilities below it. */
export interface WhatsAppDeps {
  store: {
    conversations: Conversations;
    experiments: StoredExperiments;
    kv: Kv;
    ledger: Ledger;
    media: Media;
    customPrices: CustomPrices;
    phones: Phones;
    refusals: Refusals;
    processes: ProcessRegistry;
    settings: StoredSettings;
    tools: Tools;
    transactions: Transactions;
  };
  bus: EventBus;
  config: Config;
  http: HttpClient;
  provider: Provider;
  firstProvider: string;
  catalogue: ModelCatalogue;
  calendar: Calendar;
  clock: Clock;
  log: Log;
}
