import { existsSync } from "node:fs";
import process from "node:process";
import { readConfig } from "./lib/config.ts";
import { openStore } from "./lib/stores.ts";
import { createLog } from "./lib/web/log.ts";
import { createApp } from "./lib/web/app.ts";
import { onShutdown } from "./lib/web/shutdown.ts";
import { createLanguageModels } from "./lib/llm/language_models.ts";
import { createServices } from "./lib/services.ts";
import { createCalendar } from "./lib/platform/calendar.ts";
import { HttpClient, trustAuthorities } from "./lib/platform/http_client.ts";
import { appOptions } from "./fresh.config.ts";

if (existsSync(".env")) process.loadEnvFile(".env");
export const config = readConfig(process.env);
const clock = () => Date.now();
export const log = createLog(config.LOG_LEVEL, clock);
for (const warning of config.warnings) log("warn", warning);
if (config.authorities !== undefined) trustAuthorities(config.authorities);

const store = await openStore({
  path: config.KV_PATH,
  report: (message, details) => log("error", message, details),
});
const http = new HttpClient(config.proxies);
const models = await createLanguageModels(
  config,
  clock,
  store.customPrices.current,
  http,
  () => store.settings.current.providers.chain,
);
const calendar = createCalendar(config.TIME_ZONE);
const services = await createServices({ store, ...models, http, config, calendar, clock, log });
onShutdown(services);

export const app = createApp(services, appOptions).fsRoutes();
