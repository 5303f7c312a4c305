import { TOOL } from "@/tests/support/chat_page.ts";
import { type Server, startServer } from "@/tests/support/server.ts";
import { type Attack, Flood } from "./attacks.ts";
import { watchDescriptors, watchMemory } from "./memory.ts";
import { hasNginx, startNginx } from "./nginx.ts";
import { median, Others, servesWithin } from "./others.ts";

/*
 * Soak test against connection exhaustion: thousands of event streams, silent connections and
 * endless bodies, each kind alone and all together, against a process with few file descriptors,
 * bare and behind nginx as documented. Usage: deno run -A tests/flood/siege.ts
 */

const DESCRIPTORS = 2_048;
const MOST_MB = 400;
const MOST_MS = 1_000;
const HOLD_MS = 8_000;

type Plan = [attack: Attack, count: number][];
const STREAMS: Plan = [["streams", 4_000]];
const IDLE: Plan = [["idle", 2_028]];
const BODIES: Plan = [["bodies", 800]];
const PLANS: Plan[] = [STREAMS, IDLE, BODIES, [...STREAMS, ...IDLE, ...BODIES]];

let failures = 0;

for (const plan of PLANS) await bare(plan);
if (await hasNginx()) {
  for (const spread of [false, true]) for (const plan of PLANS) await behindProxy(plan, spread);
} else say("There is no nginx: only the bare program was tried");
say(failures === 0 ? "All bounds held" : `${failures} bounds were broken`);
Deno.exit(failures === 0 ? 0 : 1);

/** Without a proxy, the server serves again as soon as the attack ends. */
async function bare(plan: Plan): Promise<void> {
  await using server = await bounded();
  const memory = watchMemory(server.pid);
  const descriptors = watchDescriptors(server.pid);
  const flood = await begin(server.port, plan, false);
  const meanwhile = await visitFor(HOLD_MS, server.port);
  const { opened, held } = flood;
  const most = memory.stop();
  flood.close();
  const back = await servesWithin(server.port, 5_000);
  check(`${named(plan)}, bare`, [
    [`${opened} opened, ${held} held, ${descriptors.stop()} descriptors`, true],
    [`${most} MB`, most < MOST_MB],
    [`a page meanwhile ${meanwhile.page}, a reply ${meanwhile.reply}`, true],
    [`back after ${back} ms`, back !== null && back <= MOST_MS],
  ]);
}

/** Behind the proxy, others are served during the attack. */
async function behindProxy(plan: Plan, spread: boolean): Promise<void> {
  await using server = await bounded({ TRUSTED_PROXIES: "127.0.0.1" });
  await using proxy = await startNginx(server.port);
  const memory = watchMemory(server.pid);
  const descriptors = watchDescriptors(server.pid);
  const flood = await begin(proxy.port, plan, spread);
  const meanwhile = await visitFor(HOLD_MS, proxy.port);
  const { opened, held } = flood;
  const most = memory.stop();
  flood.close();
  const deaf = server.logged("error").filter(({ message }) => /accept/.test(String(message)));
  check(`${named(plan)}, behind nginx, ${spread ? "from many addresses" : "from one address"}`, [
    [`${opened} opened, ${held} held, ${descriptors.stop()} descriptors`, true],
    [`${most} MB`, most < MOST_MB],
    [`a page within ${meanwhile.page} at the median`, meanwhile.pageMs < MOST_MS],
    [`a reply's first event within ${meanwhile.reply}`, meanwhile.replyMs < MOST_MS],
    [`${deaf.length} times deaf`, deaf.length === 0],
  ]);
}

function bounded(env: Record<string, string> = {}): Promise<Server> {
  return startServer({
    descriptors: DESCRIPTORS,
    env: { RATE_LIMIT_CHAT_PER_MINUTE: "20", ...env },
  });
}

async function begin(port: number, plan: Plan, spread: boolean): Promise<Flood> {
  const page = await fetch(`http://127.0.0.1:${port}/chat/${TOOL}`);
  await page.body?.cancel();
  // Each address is a visitor of its own; a single address keeps its cookie.
  const own = page.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
  const cookie = spread ? "" : own;
  const flood = new Flood({ port, host: "127.0.0.1", tool: TOOL, cookie, spread });
  await Promise.all(plan.map(([attack, count]) => flood.open(attack, count)));
  return flood;
}

async function visitFor(ms: number, port: number) {
  const others = new Others({ port, tool: TOOL });
  const end = performance.now() + ms;
  while (performance.now() < end) {
    await others.come();
    await new Promise((done) => setTimeout(done, 100));
  }
  const pageMs = median(others.pages), replyMs = median(others.replies);
  const shown = (of: number) => of === Infinity ? "never" : `${Math.round(of)} ms`;
  return { pageMs, replyMs, page: shown(pageMs), reply: shown(replyMs) };
}

function named(plan: Plan): string {
  return plan.map(([attack, count]) => `${count} ${attack}`).join(" + ");
}

function check(about: string, found: [figure: string, holds: boolean][]): void {
  failures += found.filter(([, holds]) => !holds).length;
  say(`${about}: ${found.map(([figure, holds]) => holds ? figure : `${figure} (!)`).join("; ")}`);
}

function say(line: string): void {
  // deno-lint-ignore no-console -- figures to read
  console.log(line);
}
