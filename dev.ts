import { existsSync } from "node:fs";
import process from "node:process";
import { buildOptions } from "./fresh.config.ts";
import { failureText } from "./lib/commands/failure_text.ts";
import { type Config, readConfig } from "./lib/config.ts";
import { listenAddress } from "./lib/config/admin.ts";

const [command = "dev", ...args] = Deno.args;
const ROOT = new URL(".", import.meta.url);

/**
 * Commands of `deno task …`; each returns an exit code, or keeps serving. The task `start` runs two
 * of them and then serve.ts, so that only the build has all permissions.
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
    await servingRights(...rightsOf(environment()));
    await buildChanged(ROOT, buildOptions);
  },
  rights: async () => {
    const { quoted, servingRights } = await import("./lib/commands/rights.ts");
    print(quoted([...await servingRights(...rightsOf(environment())), "serve.ts"]));
  },
  dev: async () => {
    const [{ Builder }, { assemble }] = await Promise.all([
      import("fresh/dev"),
      import("./main.ts"),
    ]);
    const program = await assemble();
    await new Builder(buildOptions)
      .listen(() => Promise.resolve(program), listenAddress(program.config));
  },
  "ledger:verify": async () => {
    const { ledgerVerify } = await import("./lib/commands/ledger_verify.ts");
    return await ledgerVerify(environment(), print);
  },
  prices: async () => {
    const { prices } = await import("./lib/commands/prices.ts");
    return await prices(environment(), args, print);
  },
  backup: async () => {
    const { backup } = await import("./lib/commands/backup.ts");
    return await backup(environment(), args, print);
  },
  restore: async () => {
    const { restore } = await import("./lib/commands/backup.ts");
    return await restore(environment(), args, print);
  },
  ready: async () => {
    const { ready } = await import("./lib/commands/ready.ts");
    return await ready(environment());
  },
  doctor: async () => {
    const { doctor } = await import("./lib/commands/doctor.ts");
    return await doctor(environment(), args, print);
  },
  migrate: async () => {
    const { migrateOriginal } = await import("./lib/commands/migrate.ts");
    return await migrateOriginal(environment(), args, print);
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
  printError(failureText(error));
  Deno.exit(1);
}

/** The settings, for commands that do not serve. */
function environment(): Config {
  if (existsSync(".env")) process.loadEnvFile(".env");
  return readConfig(process.env);
}

/** What the serving program's rights depend on. */
function rightsOf({ KV_PATH, authorities, BACKUP_DIR }: Config) {
  return [ROOT, KV_PATH, Deno.cwd(), authorities, BACKUP_DIR] as const;
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
