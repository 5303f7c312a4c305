import { existsSync } from "node:fs";
import process from "node:process";
import { buildOptions } from "./fresh.config.ts";
import { type Config, readConfig } from "./lib/config.ts";
import { listenAddress } from "./lib/config/admin.ts";
import { chosenProviders } from "./lib/config/models.ts";
import { errorText } from "./lib/locales/errors/error_text.ts";
import { AppError } from "./lib/platform/errors.ts";

const [command = "dev", ...args] = Deno.args;
const ROOT = new URL(".", import.meta.url);
const PRODUCT = new URL("_fresh/server.js", ROOT);

/**
 * Commands of `deno task …`; each returns an exit code, or keeps serving. The task `start` runs
 * three of them, so that only the build has all permissions.
 */
const COMMANDS: Record<string, () => Promise<number | void>> = {
  build: async () => {
    const { build } = await import("./lib/commands/build.ts");
    await build(ROOT, buildOptions);
  },
  prepare: async () => {
    const [{ buildChanged }, { servingRights }] = await Promise.all([
      import("./lib/commands/build.ts"),
      import("./lib/commands/rights.ts"),
    ]);
    // Reports the problems of the settings once.
    const { KV_PATH, authorities } = environment();
    await servingRights(ROOT, KV_PATH, Deno.cwd(), authorities);
    await buildChanged(ROOT, buildOptions);
  },
  rights: async () => {
    const { quoted, servingRights } = await import("./lib/commands/rights.ts");
    const { KV_PATH, authorities } = environment();
    print(
      quoted([...await servingRights(ROOT, KV_PATH, Deno.cwd(), authorities), "dev.ts", "serve"]),
    );
  },
  serve,
  dev: async () => {
    const { Builder } = await import("fresh/dev");
    const { config } = await import("./main.ts");
    await new Builder(buildOptions).listen(() => import("./main.ts"), listenAddress(config));
  },
  "ledger:verify": async () => {
    const { ledgerVerify } = await import("./lib/commands/ledger_verify.ts");
    return await ledgerVerify(environment(), print);
  },
  prices: async () => {
    const { prices } = await import("./lib/commands/prices.ts");
    return await prices(environment(), args, print);
  },
  tools: async () => {
    const { tools } = await import("./lib/commands/tools.ts");
    return await tools(environment(), args, print);
  },
};

try {
  const run = COMMANDS[command];
  if (!run) throw new Error(`No such command: ${command}`);
  const code = await run();
  if (code) Deno.exit(code);
} catch (error) {
  printError(
    error instanceof Deno.errors.AddrInUse
      ? "Cannot start: another program listens on this port; set PORT to a free one"
      : error instanceof AppError
      ? errorText(error.told, { timeZone: "UTC", now: Date.now() })
      : error instanceof Error
      ? error.message
      : String(error),
  );
  Deno.exit(1);
}

/** The settings, for commands that do not serve. */
function environment(): Config {
  if (existsSync(".env")) process.loadEnvFile(".env");
  return readConfig(process.env);
}

/** Writes to the console, not to the log. */
function print(line: string): void {
  // deno-lint-ignore no-console
  console.log(line);
}

/** Writes to stderr: a command's output may be piped. */
function printError(line: string): void {
  // deno-lint-ignore no-console
  console.error(line);
}

/** Serves the last build, without loading the builder. */
async function serve(): Promise<void> {
  const [{ default: server }, { config, log }, { serveForever }] = await Promise.all([
    import(PRODUCT.href),
    import("./main.ts"),
    import("./lib/web/edge/listener.ts"),
  ]);
  await serveForever(server.fetch, { ...listenAddress(config), log, onListen: welcome(config) });
}

/** Prints the address and the settings still missing. */
function welcome(config: Config): (at: Deno.NetAddr) => void {
  return ({ hostname, port }) => {
    const host = hostname === "0.0.0.0" || hostname === "127.0.0.1" ? "localhost" : hostname;
    const lines = [`OBT Helper runs at http://${host}:${port}/`];
    if (config.LLM_PROVIDER === undefined && chosenProviders(config)[0] === "mock") {
      lines.push("No AI key is set: replies are simulated. Set OPENAI_API_KEY for real ones.");
    }
    print(lines.join("\n"));
  };
}
