import { z } from "zod";
import { servingRights } from "@/lib/commands/rights.ts";
import { DEFAULT_TOOLS } from "@/lib/tools/rules/defaults/default_tools.ts";
import { openStore } from "@/lib/stores.ts";
import { startCommand, startDeno } from "./process.ts";

const root = new URL("..", import.meta.url).pathname;
const here = new URL(".", import.meta.url).pathname;

export interface Server {
  port: number;
  pid: number;
  stop(): Promise<void>;
}

/** The OpenAI mock. */
export async function startUpstream(): Promise<Server> {
  const port = freePort();
  const child = startDeno("other", ["run", "-A", `${here}upstream.ts`, String(port)]);
  return await ready(child, port, () => Deno.connect({ port }).then((c) => c.close()));
}

/** The floor, with its own store on disk. */
export async function startFloor(upstream: Server, folder: string): Promise<Server> {
  const port = freePort();
  const args = [String(port), String(upstream.port), `${folder}/floor.sqlite`];
  const child = startDeno("measured", ["run", "-A", "--unstable-kv", `${here}floor.ts`, ...args]);
  return await ready(child, port, () => answers(port, "/"));
}

/** The program as deployed, with a store on disk and no ceiling that limits the load. */
export async function startProgram(
  upstream: Server,
  folder: string,
  flags: string[] = [],
  env: Record<string, string> = {},
): Promise<Server> {
  const port = freePort();
  const path = `${folder}/program.sqlite`;
  await seed(path);
  const start = await startTask(flags, path);
  const child = startDeno("measured", start, {
    PORT: String(port),
    HOST: "127.0.0.1",
    KV_PATH: path,
    OPENAI_API_KEY: "x",
    OPENAI_BASE_URL: `http://127.0.0.1:${upstream.port}/v1`,
    TRUSTED_PROXIES: "127.0.0.1",
    RATE_LIMIT_CHAT_PER_MINUTE: "1000",
    ...env,
  });
  return await ready(child, port, () => answers(port, "/api/live"));
}

/**
 * An optional gateway for comparison: GATEWAY_COMMAND and GATEWAY_HEADERS are JSON lists of texts,
 * in which {port} is its port and {upstream} the mock's address.
 */
export async function startGateway(upstream: Server): Promise<Server & { headers: string } | null> {
  const command = Deno.env.get("GATEWAY_COMMAND");
  if (command === undefined) return null;
  const port = freePort();
  const filled = (text: string) =>
    text.replaceAll("{port}", String(port))
      .replaceAll("{upstream}", `http://127.0.0.1:${upstream.port}/v1`);
  const child = startCommand("measured", JSON.parse(filled(command)), {}, "null", "null");
  const server = await ready(child, port, () => Deno.connect({ port }).then((c) => c.close()));
  return { ...server, headers: filled(Deno.env.get("GATEWAY_HEADERS") ?? "[]") };
}

/** The Deno arguments of the task `start`, with additional flags. */
async function startTask(more: string[], kvPath: string): Promise<string[]> {
  const { tasks } = z.object({ tasks: z.object({ start: z.string() }) })
    .parse(JSON.parse(await Deno.readTextFile(`${root}deno.json`)));
  // The part after `xargs deno`.
  const [, , run = "", ...flags] = tasks.start.split(" | ").at(-1)?.split(" ") ?? [];
  const rights = await servingRights(new URL("..", import.meta.url), kvPath);
  return [run, ...more, ...flags, ...rights, `${root}serve.ts`];
}

async function seed(path: string): Promise<void> {
  const store = await openStore({ path, report: () => {} });
  await store.tools.seed(
    DEFAULT_TOOLS("gpt-6-luna").map((tool) => ({
      ...tool,
      ceiling: null,
      // Only one, so that a person needs no choice.
      whatsapp: { enabled: tool.id === "general-assistant", scope: "Everything that is measured" },
    })),
  );
  await store.close();
}

async function answers(port: number, path: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  await response.body?.cancel();
  if (!response.ok) throw new Error(`${path} answers ${response.status}`);
}

async function ready(
  child: Deno.ChildProcess,
  port: number,
  ask: () => Promise<void>,
): Promise<Server> {
  const stop = async () => {
    try {
      child.kill("SIGTERM");
    } catch {
      // It has ended.
    }
    await child.status;
  };
  const last = performance.now() + 30_000;
  for (;;) {
    try {
      await ask();
      return { port, pid: child.pid, stop };
    } catch (error) {
      if (performance.now() > last) {
        await stop();
        throw error;
      }
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  return port;
}
