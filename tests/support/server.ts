import { isBuilt } from "@/lib/commands/build.ts";
import { servingRights } from "@/lib/commands/rights.ts";
import { NOON_ZONE } from "./noon.ts";
import { NO_SHARES } from "./shares.ts";
import { until } from "./wait.ts";

const ROOT = new URL("../../", import.meta.url);
const COMMANDS = new URL("dev.ts", ROOT).pathname;

/** Folder for the coverage of a process, which writes it when it ends by itself. */
const COVERAGE = "DENO_COVERAGE_DIR";
const WRITING_MS = 15_000;

/** Environment variables that a process needs to run; keys of the developer are not inherited. */
const INHERITED = ["PATH", "HOME", "DENO_DIR", "TMPDIR", "XDG_CACHE_HOME", "NO_COLOR", COVERAGE];

/** Token for the full cost summary. */
export const METRICS_TOKEN = "metrics-token-of-the-tests";

/** Settings of a test server, unless the test overrides them. */
const DEFAULTS = {
  HOST: "127.0.0.1",
  PORT: "0",
  LLM_PROVIDER: "mock",
  MOCK_PACE_MS: "5",
  RATE_LIMIT_CHAT_PER_MINUTE: "1000",
  TIME_ZONE: NOON_ZONE,
  ...NO_SHARES,
  METRICS_TOKEN,
};

export interface ServerOptions {
  /** Another version of the program, which is built already; see `program_copy.ts`. */
  root?: URL;
  /** The store's file; a new one by default. */
  kvPath?: string;
  env?: Record<string, string>;
  /**
   * Makes writes beyond `prlimit --fsize` fail as on a full disk, instead of killing the process.
   */
  survivesFullDisk?: boolean;
  /** Gives it a folder for backups, and a key. */
  backups?: boolean;
  /** Starts it by `deno task start`, whose child is then the server: end it by SIGTERM. */
  task?: boolean;
  /** Limit of file descriptors; as many as this process by default. */
  descriptors?: number;
}

/** The program in a process of its own, with the rights of `deno task start`. */
export interface Server extends AsyncDisposable {
  /** `http://127.0.0.1:…`, without a trailing slash. */
  url: string;
  port: number;
  pid: number;
  kvPath: string;
  /** All lines of its output. */
  log: string[];
  /** Log lines of this level, parsed. */
  logged(level: string): Record<string, unknown>[];
  kill(signal: Deno.Signal): void;
  exited: Promise<Deno.CommandStatus>;
}

let built: Promise<void> | null = null;

/** Builds in a separate process if a file changed. */
async function prepare(folder: string, env: Record<string, string>): Promise<void> {
  if (await isBuilt(ROOT)) return;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", COMMANDS, "prepare"],
    cwd: folder,
    clearEnv: true,
    env,
  });
  const { success, stderr } = await command.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

const alive = new Set<Deno.ChildProcess>();
addEventListener("unload", () => alive.forEach((child) => child.kill("SIGKILL")));

/** Starts a server on a free port and waits until it serves; the first one builds. */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const folder = await Deno.makeTempDir({ prefix: "obt-helper-" });
  const kvPath = options.kvPath ?? `${folder}/kv.sqlite`;
  const inherited = INHERITED.map((name): [string, string] => [name, Deno.env.get(name) ?? ""]);
  const env = Object.fromEntries(inherited.filter(([, value]) => value !== ""));
  await (built ??= prepare(folder, env));
  const settings: Record<string, string> & { KV_PATH: string } = {
    ...env,
    ...DEFAULTS,
    KV_PATH: kvPath,
    ...(options.backups
      ? { BACKUP_DIR: `${folder}/backups`, BACKUP_KEY: "a passphrase of the tests" }
      : {}),
    ...options.env,
  };
  const rights = await servingRights(
    ROOT,
    settings.KV_PATH,
    folder,
    settings.DENO_CERT,
    settings.BACKUP_DIR,
  );
  const { descriptors, survivesFullDisk, root = ROOT } = options;
  const entry = new URL("serve.ts", root).pathname, config = new URL("deno.json", root).pathname;
  const line = options.task
    ? [Deno.execPath(), "task", "--config", config, "start"]
    // A copy reads the modules of the original, to which its own rights do not reach.
    : [Deno.execPath(), "run", ...(root === ROOT ? rights : ["-A"]), entry];
  const setUp = [
    ...(descriptors === undefined ? [] : [`ulimit -n ${descriptors}`]),
    ...(survivesFullDisk ? ["trap '' XFSZ"] : []),
  ];
  // The shell execs the program, so that its process id stays.
  const [program = "", ...args] = setUp.length === 0
    ? line
    : ["sh", "-c", [...setUp, `exec "$0" "$@"`].join(" && "), ...line];
  const command = new Deno.Command(program, {
    args,
    // A new folder without a .env.
    cwd: folder,
    clearEnv: true,
    env: settings,
    stdout: "piped",
    stderr: "piped",
  });
  const child = command.spawn();
  alive.add(child);
  const log: string[] = [];
  const reading = Promise.all([child.stdout, child.stderr].map((out) => readLines(out, log)));
  let over = false;
  const exited = child.status.finally(() => {
    over = true;
    alive.delete(child);
  });
  const kill = (signal: Deno.Signal) => over || child.kill(signal);
  const endByItself = async () => {
    kill("SIGTERM");
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, WRITING_MS);
    await Promise.race([exited, late.promise]);
    clearTimeout(timer);
  };
  try {
    const port = await until("the server to listen", () => {
      if (over) throw new Error("The server ended");
      return portIn(log);
    }, 60_000);
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      pid: child.pid,
      kvPath,
      log,
      logged: (level) => log.flatMap(parse).filter((line) => line.level === level),
      kill,
      exited,
      [Symbol.asyncDispose]: async () => {
        if (settings[COVERAGE]) await endByItself();
        kill("SIGKILL");
        await exited;
        await reading;
        await Deno.remove(folder, { recursive: true });
      },
    };
  } catch (cause) {
    kill("SIGKILL");
    const { code, signal } = await exited;
    await reading;
    const how = `code ${code}, signal ${signal}`;
    throw new Error(`The server did not start (${how}):\n${log.join("\n")}`, { cause });
  }
}

function portIn(log: readonly string[]): number | null {
  for (const line of log) {
    const port = /runs at http:\/\/[^/]+:(\d+)\//.exec(line)?.[1];
    if (port !== undefined) return Number(port);
  }
  return null;
}

function parse(line: string): Record<string, unknown>[] {
  if (!line.startsWith("{")) return [];
  const value: unknown = JSON.parse(line);
  return typeof value === "object" && value !== null ? [{ ...value }] : [];
}

async function readLines(from: ReadableStream<Uint8Array>, into: string[]): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of from) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    into.push(...lines);
  }
  if (rest !== "") into.push(rest);
}

/** Today's costs of a tool, with the fields that need the token. */
export async function costsOf(
  url: string,
  tool: string,
): Promise<{ held: string; todayCost: string }> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const answer = await fetch(`${url}/api/cost-summary?toolId=${tool}`, { headers });
  const { held, todayCost }: { held: string; todayCost: string } = await answer.json();
  return { held, todayCost };
}
