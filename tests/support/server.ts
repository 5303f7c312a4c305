import { isBuilt } from "@/lib/commands/build.ts";
import { servingRights } from "@/lib/commands/rights.ts";
import { NO_SHARES } from "./shares.ts";
import { until } from "./wait.ts";

const ROOT = new URL("../../", import.meta.url);
const ENTRY = new URL("dev.ts", ROOT).pathname;
const CONFIG = new URL("deno.json", ROOT).pathname;

/** Of this environment only what a process needs to run: no key of whoever runs the tests. */
const INHERITED = ["PATH", "HOME", "DENO_DIR", "TMPDIR", "XDG_CACHE_HOME", "NO_COLOR"];

/** What the tests may see the whole cost summary with. */
export const METRICS_TOKEN = "metrics-token-of-the-tests";

/** What a server of the tests is told unless a test says otherwise. */
const DEFAULTS = {
  HOST: "127.0.0.1",
  PORT: "0",
  LLM_PROVIDER: "mock",
  MOCK_PACE_MS: "5",
  RATE_LIMIT_CHAT_PER_MINUTE: "1000",
  ...NO_SHARES,
  METRICS_TOKEN,
};

export interface ServerOptions {
  /** The store's file; one of its own by default. */
  kvPath?: string;
  env?: Record<string, string>;
  /** Lets writes beyond the limit of `prlimit --fsize` fail, as on a full disk, instead of killing it. */
  survivesFullDisk?: boolean;
  /** Started by `deno task start` itself, whose process then has the server as its child: end it by SIGTERM. */
  task?: boolean;
  /** How many file descriptors it may have; as many as this process by default. */
  descriptors?: number;
}

/** The whole program as people run it: a process of its own, with the rights of `deno task start`. */
export interface Server extends AsyncDisposable {
  /** `http://127.0.0.1:…`, without a slash at the end. */
  url: string;
  port: number;
  pid: number;
  kvPath: string;
  /** All lines that it wrote. */
  log: string[];
  /** Lines of the log of this level, as JSON. */
  logged(level: string): Record<string, unknown>[];
  kill(signal: Deno.Signal): void;
  exited: Promise<Deno.CommandStatus>;
}

let built: Promise<void> | null = null;

/** Builds when something changed, in a process of its own. */
async function prepare(folder: string, env: Record<string, string>): Promise<void> {
  if (await isBuilt(ROOT)) return;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", ENTRY, "prepare"],
    cwd: folder,
    clearEnv: true,
    env,
  });
  const { success, stderr } = await command.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

const alive = new Set<Deno.ChildProcess>();
addEventListener("unload", () => alive.forEach((child) => child.kill("SIGKILL")));

/** Starts a server on a free port and waits until it serves. The first one builds. */
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
    ...options.env,
  };
  const rights = await servingRights(ROOT, settings.KV_PATH, folder, settings.DENO_CERT);
  const { descriptors, survivesFullDisk } = options;
  const line = options.task
    ? [Deno.execPath(), "task", "--config", CONFIG, "start"]
    : [Deno.execPath(), "run", ...rights, ENTRY, "serve"];
  const setUp = [
    ...(descriptors === undefined ? [] : [`ulimit -n ${descriptors}`]),
    ...(survivesFullDisk ? ["trap '' XFSZ"] : []),
  ];
  // The shell becomes the program: its process id stays.
  const [program = "", ...args] = setUp.length === 0
    ? line
    : ["sh", "-c", [...setUp, `exec "$0" "$@"`].join(" && "), ...line];
  const command = new Deno.Command(program, {
    args,
    // A folder of its own, where no .env lies.
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
        kill("SIGKILL");
        await exited;
        await reading;
        await Deno.remove(folder, { recursive: true });
      },
    };
  } catch (cause) {
    kill("SIGKILL");
    await exited;
    await reading;
    throw new Error(`The server did not start:\n${log.join("\n")}`, { cause });
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

/** What a tool costs today, with what only who has the token sees. */
export async function costsOf(
  url: string,
  tool: string,
): Promise<{ held: string; todayCost: string }> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const answer = await fetch(`${url}/api/cost-summary?toolId=${tool}`, { headers });
  const { held, todayCost }: { held: string; todayCost: string } = await answer.json();
  return { held, todayCost };
}
