import { freePort } from "@/tests/support/free_port.ts";
import { type Books, checkHalves, checkTotals, readBooks } from "@/tests/money/books.ts";
import { randomFrom } from "@/tests/money/fates.ts";
import { type Asked, askOver, checkWitnesses, TOOL } from "@/tests/money/witness.ts";
import { type Server, startServer } from "@/tests/support/server.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld } from "@/tests/support/world.ts";
import { type Front, type FrontKind, PLAIN } from "./front.ts";
/** Pieces of a reply, of about a token each. */
const TOKENS = 200;
/** A reply that takes this much less than the drain never outlasts it. */
const MARGIN_MS = 5_000;

export interface RollingOptions {
  path: string;
  seed: number;
  chatsPerSecond: number;
  drainSeconds: number;
  /** Restarts of one unit, in turns. */
  restarts: number;
  /** Milliseconds under load before each restart. */
  betweenMs: number;
  /** Lengths of most replies in ms, and of a few that outlast the drain. */
  repliesMs: [least: number, most: number];
  longMs: number;
  longShare: number;
  /** The proxy; nginx by default. */
  front?: FrontKind;
  say?: (line: string) => void;
}

export interface RollingResult {
  wrong: string[];
  figures: Record<string, string | number>;
}

interface Chat {
  plannedMs: number;
  asked: Asked;
}

/** Restarts two units on one store in turns, behind a proxy and under load; judges every chat. */
export async function runRolling(options: RollingOptions): Promise<RollingResult> {
  const { path, drainSeconds, front = PLAIN, say = () => {} } = options;
  const ports = [freePort(), freePort()] as const;
  const start = (port: number) =>
    startServer({
      kvPath: path,
      env: {
        PORT: String(port),
        DRAIN_SECONDS: String(drainSeconds),
        PUBLIC_URL: front.origin,
        TRUSTED_PROXIES: "127.0.0.1",
        RATE_LIMIT_CHAT_PER_MINUTE: "7000",
        LOG_LEVEL: "warn",
      },
    });
  {
    await using world = await openWorld({ path });
    const tool = await world.deps.store.tools.get(TOOL);
    if (tool) await world.deps.store.tools.put({ ...tool, ceiling: null });
  }
  const units: Server[] = [];
  for (const port of ports) units.push(await start(port));
  await using proxy = await front.start(...ports);
  const load = new Load(proxy, front.origin, options);
  const drains: number[] = [], starts: number[] = [];
  const wrong: string[] = [];
  for (let restart = 0; restart < options.restarts; restart++) {
    await pause(options.betweenMs);
    const which = restart % 2;
    const [unit] = units.splice(which, 1);
    if (!unit) throw new Error("There is no unit");
    await load.outlast(unit.url);
    const began = performance.now();
    unit.kill("SIGTERM");
    const { code } = await unit.exited;
    drains.push((performance.now() - began) / 1_000);
    if (code !== 0) wrong.push(`A unit ended with ${code}: ${unit.log.slice(-3).join(" ")}`);
    await unit[Symbol.asyncDispose]();
    const down = performance.now();
    units.splice(which, 0, await start(unit.port));
    starts.push((performance.now() - down) / 1_000);
    say(`restart ${restart + 1}: drained in ${drains.at(-1)?.toFixed(1)} s, ${load.tally()}`);
  }
  await pause(options.betweenMs);
  const chats = await load.end();
  const kv = await Deno.openKv(path);
  const books = await until("all replies to be settled", async () => {
    const books = await readBooks(kv).catch(() => null);
    return books?.running.length === 0 && books;
  }, 60_000);
  kv.close();
  const judged = await judge(books, chats, load, options);
  for (const unit of units) await unit[Symbol.asyncDispose]();
  return {
    wrong: [...wrong, ...load.wrong, ...judged.wrong],
    figures: {
      proxy: proxy.name,
      "pages and forms": load.visits,
      "longest drain, s": Math.max(...drains).toFixed(1),
      "longest start, s": Math.max(...starts).toFixed(1),
      ...judged.figures,
    },
  };
}

/** Chats and visits at a steady rate. */
class Load {
  readonly wrong: string[] = [];
  visits = 0;
  private readonly chats: Promise<Chat>[] = [];
  private readonly visiting: Promise<void>[] = [];
  private readonly timers: ReturnType<typeof setInterval>[];
  private readonly random: () => number;
  private ended = 0;

  constructor(
    readonly proxy: Front,
    private readonly origin: string,
    private readonly options: RollingOptions,
  ) {
    this.random = randomFrom(options.seed);
    this.timers = [
      setInterval(() => this.chats.push(this.chat()), 1_000 / options.chatsPerSecond),
      setInterval(() => this.visiting.push(this.visit()), 200),
    ];
  }

  async end(): Promise<Chat[]> {
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.visiting);
    return await Promise.all(this.chats);
  }

  tally(): string {
    return `${this.ended} of ${this.chats.length} chats ended`;
  }

  /** Has a unit begin a reply that outlasts its drain: by chance alone it may have none. */
  async outlast(unit: string): Promise<void> {
    const begun = Promise.withResolvers<void>();
    const chat = this.ask(unit, this.options.longMs, begun.resolve);
    this.chats.push(chat);
    await Promise.race([begun.promise, chat]);
  }

  private chat(): Promise<Chat> {
    const { repliesMs: [least, most], longMs, longShare } = this.options;
    const plannedMs = this.random() < longShare ? longMs : least + this.random() * (most - least);
    return this.ask(this.proxy.url, plannedMs);
  }

  private async ask(url: string, plannedMs: number, started?: () => void): Promise<Chat> {
    const name = crypto.randomUUID().slice(0, 8);
    const pace = Math.round(plannedMs / TOKENS);
    const question = `What is ${name}? [[mock:tokens=${TOKENS}]] [[mock:pace=${pace}]]`;
    const { origin, proxy: { fetch } } = this;
    const asked = await askOver(url, question, null, { origin, started, fetch });
    this.ended++;
    return { plannedMs, asked };
  }

  /** A page, and a form without an id that would tell a second sending. */
  private async visit(): Promise<void> {
    const headers = { origin: this.origin, "content-type": "application/x-www-form-urlencoded" };
    const requests: [path: string, init: RequestInit, good: number][] = [
      [`/chat/${TOOL}`, {}, 200],
      [`/chat/${TOOL}`, { method: "POST", headers, body: "action=stop", redirect: "manual" }, 303],
    ];
    for (const [path, init, good] of requests) {
      this.visits++;
      const { url, fetch } = this.proxy;
      const status = await fetch(url + path, init)
        .then(async ({ status, body }) => {
          await body?.cancel();
          return status;
        }, (error: unknown) => String(error));
      if (status !== good) this.wrong.push(`${init.method ?? "GET"} ${path} answered ${status}`);
    }
  }
}

/** Compares all chats with the books; a partial reply must be offered for another try. */
async function judge(
  books: Books,
  chats: readonly Chat[],
  load: Load,
  { drainSeconds }: RollingOptions,
): Promise<RollingResult> {
  const wrong = [...checkTotals(books), ...checkHalves(books)];
  wrong.push(...checkWitnesses(books, chats.map(({ asked }) => asked)));
  const outlasted = chats.filter(({ asked }) => asked.reason === "interrupted");
  for (const { plannedMs, asked } of chats) {
    if (asked.end !== "done") wrong.push(`${asked.question} ended: ${asked.end}`);
    else if (asked.reason === "interrupted" && plannedMs < drainSeconds * 1_000 - MARGIN_MS) {
      wrong.push(`${asked.question} of ${Math.round(plannedMs)} ms was interrupted`);
    }
  }
  for (const { asked } of outlasted) {
    const page = await load.proxy.fetch(`${load.proxy.url}/chat/${TOOL}`, {
      headers: { cookie: asked.cookie ?? "" },
    });
    const html = await page.text();
    if (!html.includes('name="action" value="continue"')) {
      wrong.push(`Nothing to continue: ${asked.question}`);
    }
  }
  return {
    wrong,
    figures: {
      chats: chats.length,
      "whole replies": chats.filter(({ asked }) => asked.reason === "stop").length,
      "outlasted the drain, kept with Continue": outlasted.length,
      failed: chats.filter(({ asked }) => asked.end !== "done").length,
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/*
 * Soak test: `deno run -A tests/operate/rolling.ts [RESTARTS] [SEED]`, by default 6 restarts with a
 * drain of 120 s, under 20 chats a second.
 */
if (import.meta.main) {
  const [restarts = 6, seed = Date.now() % 1_000_000] = Deno.args.map(Number);
  const say = (line: string) => void Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
  const folder = await Deno.makeTempDir({ prefix: "rolling-" });
  say(`seed ${seed}`);
  const { wrong, figures } = await runRolling({
    path: `${folder}/kv.sqlite`,
    seed,
    restarts,
    chatsPerSecond: 20,
    drainSeconds: 120,
    betweenMs: 5_000,
    repliesMs: [500, 6_000],
    longMs: 220_000,
    longShare: 0.002,
    say,
  });
  for (const [name, value] of Object.entries(figures)) say(`  ${name}: ${value}`);
  for (const what of wrong.slice(0, 30)) say(`  WRONG ${what}`);
  say(wrong.length === 0 ? "Nothing wrong" : `${wrong.length} wrong`);
  await Deno.remove(folder, { recursive: true });
  Deno.exit(wrong.length === 0 ? 0 : 1);
}
