import { existsSync } from "node:fs";
import process from "node:process";
import { appOptions } from "./fresh.config.ts";
import { failureText } from "./lib/commands/failure_text.ts";
import { type Config, readConfig } from "./lib/config.ts";
import { listenAddress } from "./lib/config/admin.ts";
import { chosenProviders } from "./lib/config/models.ts";
import { createLanguageModels } from "./lib/llm/language_models.ts";
import { createCalendar } from "./lib/platform/calendar.ts";
import { HttpClient, trustAuthorities } from "./lib/platform/http_client.ts";
import type { Log } from "./lib/platform/log.ts";
import { createServices } from "./lib/services.ts";
import { openStore } from "./lib/stores.ts";
import { createApp } from "./lib/web/app.ts";
import { serveForever } from "./lib/web/edge/listener.ts";
import { createLog } from "./lib/web/log.ts";
import type { SecureApp } from "./lib/web/secure_app.ts";
import { onShutdown } from "./lib/web/shutdown.ts";

declare global {
  /** V8's collector, with `--v8-flags=--expose-gc` only. */
  var gc:
    | ((options: { type: "major"; execution: "sync"; flavor: "last-resort" }) => void)
    | undefined;
}

interface Program {
  app: SecureApp;
  config: Config;
  log: Log;
  /** Aborts when the program no longer accepts connections. */
  closing: AbortSignal;
}

/** Assembles the program from its settings. */
export async function assemble(): Promise<Program> {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const config = readConfig(process.env);
  const clock = () => Date.now();
  const log = createLog(config.LOG_LEVEL, clock);
  for (const warning of config.warnings) log("warn", warning);
  if (config.authorities !== undefined) trustAuthorities(config.authorities);

  const store = await openStore({
    path: config.KV_PATH,
    report: (message, details) => log("error", message, details),
  });
  const http = new HttpClient(config.proxies);
  const models = createLanguageModels(
    config,
    clock,
    store.customPrices.current,
    http,
    () => store.settings.current.providers.chain,
  );
  const calendar = createCalendar(config.TIME_ZONE);
  const services = await createServices({ store, ...models, http, config, calendar, clock, log });
  return {
    app: createApp(services, appOptions).fsRoutes(),
    config,
    log,
    closing: onShutdown(services),
  };
}

/** Serves the program until it is told to end; ends it at once when it cannot start. */
export async function serve(
  handlerOf: (app: SecureApp) => Promise<ReturnType<SecureApp["handler"]>>,
): Promise<void> {
  try {
    const { app, config, log, closing } = await assemble();
    const handler = await handlerOf(app);
    // Gives back the memory that loading took, before anyone waits: V8 would keep some 20 MB of it.
    globalThis.gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
    const onListen = welcome(config);
    await serveForever(handler, { ...listenAddress(config), log, onListen, closing });
  } catch (error) {
    // deno-lint-ignore no-console -- to the console, not to the log
    console.error(failureText(error));
    Deno.exit(1);
  }
}

/** Prints the address and the settings still missing. */
function welcome(config: Config): (at: Deno.NetAddr) => void {
  return ({ hostname, port }) => {
    const host = hostname === "0.0.0.0" || hostname === "127.0.0.1" ? "localhost" : hostname;
    const lines = [`OBT Helper runs at http://${host}:${port}/`];
    if (config.LLM_PROVIDER === undefined && chosenProviders(config)[0] === "mock") {
      lines.push("No AI key is set: replies are simulated. Set OPENAI_API_KEY for real ones.");
    }
    // deno-lint-ignore no-console -- to the console, not to the log
    console.log(lines.join("\n"));
  };
}
