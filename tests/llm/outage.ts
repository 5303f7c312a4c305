import { openWorld } from "@/tests/support/world.ts";
import { TOOL } from "@/tests/support/asking.ts";

/*
 * Soak test: `deno run -A --lock=tests/deno.lock tests/llm/outage.ts`: an outage of 60 seconds of
 * the first provider, at two requests a second, once of each kind. Exits with 1 on any failure.
 */

/** How the first provider fails. */
export const OUTAGES = ["refuses connections", "answers 503", "hangs"] as const;
export type Outage = (typeof OUTAGES)[number];

/** Figures of one outage, times in ms of the run. */
export interface OutageFigures {
  asked: number;
  /** Replies that did not come. */
  lost: number;
  /** Replies that another model gave. */
  failedOver: number;
  /** Calls to the failing provider begun after its breaker had opened. */
  callsAfter: number;
  /** Time to the first text of the other model's own tool, and what failing over adds to it. */
  usual95: number;
  added50: number;
  added95: number;
  /** From the beginning of the outage to the opening of the breaker. */
  openedAfter: number;
  /** From its end to the first reply of the first provider. */
  backAfter: number;
}

const OUTAGE_MS = 60_000;
const BETWEEN_MS = 500;
const FIRST_TOKEN_MS = 20_000;
const CONTROL = "control";
/** Requests before the outage. */
const WARM_UP = 12;

/**
 * Asks while the first provider is out, then until it answers again.
 * @param times how many times faster than the clock of the breakers the run goes
 */
export async function runOutage(outage: Outage, times: number): Promise<OutageFigures> {
  const first = new Server();
  const spare = new Server();
  const from = Date.now();
  await using world = await openWorld({
    env: {
      LLM_COMPATIBLE: `first=${first.url},spare=${spare.url}`,
      LLM_PROVIDER: "first,spare",
      LLM_DEFAULT_MODEL: "m",
      LLM_FIRST_TOKEN_SECONDS: String(FIRST_TOKEN_MS / 1000 / times),
    },
    breakerClock: () => from + (Date.now() - from) * times,
  });
  let opened = Infinity;
  world.deps.breakers.onChange(({ provider, phase }) => {
    if (provider === "first" && phase === "open") opened = Math.min(opened, performance.now());
  });
  // A connection that is refused never reaches the server: its failure tells.
  const failedCalls = () =>
    world.logged.filter(({ message, details }) =>
      message === "A provider failed" && details?.provider === "first"
    ).length;

  const { tools } = world.deps.store;
  const tool = await tools.get(TOOL);
  if (!tool) throw new Error("There is no tool");
  // Asked beside it at the same times, on the same machine.
  await tools.put({ ...tool, id: CONTROL, model: "spare:m", chain: [] });

  let number = 0;
  const ask = async (toolId: string) => {
    const at = performance.now();
    const visitor = `v${++number}`;
    const { live } = await world.services.chat.startTurn({
      visitor,
      tool: toolId,
      request: `outage-${number}-request`,
      channel: "web",
      action: { kind: "send", message: "What is two and two?" },
      rateLimitKey: null,
    });
    if (!live) throw new Error("Nothing runs");
    const text = new Promise<number>((resolve) => {
      const look = () => {
        if (live.text !== "" || live.closing.length > 0) resolve(performance.now() - at);
      };
      live.watch(look);
      look();
    });
    const waited = await text;
    await live.ended(30_000);
    const done = live.text === "Four." && live.closing.some(({ type }) => type === "done");
    const failedOver = live.notices.some(({ kind }) => kind === "failed_over");
    return { at, waited, done, failedOver };
  };
  const asked: ReturnType<typeof ask>[] = [];
  const control: ReturnType<typeof ask>[] = [];
  const askFor = async (until: () => boolean) => {
    while (!until()) {
      asked.push(ask(TOOL));
      control.push(ask(CONTROL));
      await new Promise((done) => setTimeout(done, BETWEEN_MS / times));
    }
  };
  try {
    await askFor(() => asked.length >= WARM_UP);
    await Promise.all(asked);
    const since = performance.now();
    await first.fail(outage);
    let atOpening = Infinity;
    await askFor(() => {
      if (opened < Infinity && atOpening === Infinity) atOpening = failedCalls();
      return performance.now() - since >= OUTAGE_MS / times;
    });
    const over = performance.now();
    const refused = failedCalls() - atOpening;
    const callsAfter = outage === "refuses connections"
      ? refused
      : first.asked.filter((at) => at > opened && at <= over).length;
    first.recover();
    const backBy = () => first.asked.find((at) => at > over);
    await askFor(() => backBy() !== undefined || performance.now() - over > 400_000 / times);
    const all = await Promise.all(asked);
    const waitsOf = (replies: typeof all) =>
      replies.filter(({ at }) => at > opened && at <= over).map(({ waited }) => waited)
        .sort(ascending);
    const waits = waitsOf(all);
    const usual = waitsOf(await Promise.all(control));
    return {
      asked: all.length,
      lost: all.filter(({ done }) => !done).length,
      failedOver: all.filter(({ failedOver }) => failedOver).length,
      callsAfter,
      usual95: quantile(usual, 0.95),
      added50: quantile(waits, 0.5) - quantile(usual, 0.5),
      added95: quantile(waits, 0.95) - quantile(usual, 0.95),
      openedAfter: opened - since,
      backAfter: (backBy() ?? Infinity) - over,
    };
  } finally {
    await first.close();
    await spare.close();
  }
}

/** What is wrong with an outage's figures. */
export function faultsOf({ lost, callsAfter, added95, openedAfter, backAfter }: OutageFigures) {
  const wrong: string[] = [];
  if (lost > 0) wrong.push(`${lost} replies are lost`);
  if (!Number.isFinite(openedAfter)) wrong.push("the breaker never opened");
  if (callsAfter > 5) wrong.push(`${callsAfter} calls began after the breaker had opened`);
  if (!(added95 <= 100)) wrong.push(`the first text came ${added95} ms later`);
  if (!Number.isFinite(backAfter)) wrong.push("the provider was never asked again");
  return wrong;
}

/** A server that speaks OpenAI's API, and may fail. */
class Server {
  /** Times of its requests, by `performance.now()`. */
  readonly asked: number[] = [];
  private outage: Outage | null = null;
  private closing = new AbortController();
  private server = this.serve(0);
  private readonly port = this.server.addr.port;

  get url(): string {
    return `http://127.0.0.1:${this.port}/v1`;
  }

  async fail(outage: Outage): Promise<void> {
    this.outage = outage;
    if (outage === "refuses connections") await this.close();
  }

  recover(): void {
    if (this.outage === "refuses connections") this.server = this.serve(this.port);
    this.outage = null;
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.server.finished;
  }

  private serve(port: number) {
    this.closing = new AbortController();
    const { signal } = this.closing;
    return Deno.serve({ port, hostname: "127.0.0.1", signal, onListen() {} }, async (request) => {
      // Not a request for the list of models.
      if (request.method !== "POST") return new Response(null, { status: 404 });
      this.asked.push(performance.now());
      await request.text();
      if (this.outage === "answers 503") return new Response("{}", { status: 503 });
      if (this.outage === "hangs") await aborted(request.signal);
      return new Response(REPLY, { headers: { "content-type": "text/event-stream" } });
    });
  }
}

const REPLY = [
  { choices: [{ index: 0, delta: { content: "Four." } }] },
  { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
  { choices: [], usage: { prompt_tokens: 100, completion_tokens: 2, total_tokens: 102 } },
].map((event) => `data: ${JSON.stringify(event)}\n\n`).join("") + "data: [DONE]\n\n";

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener("abort", () => done(), { once: true });
  });
}

const ascending = (a: number, b: number) => a - b;
const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

if (import.meta.main) {
  const say = (line: string) => Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
  const all = await Promise.all(OUTAGES.map((outage) => runOutage(outage, 1)));
  const wrong = all.flatMap((figures, i) => {
    say(`The first provider ${OUTAGES[i]}`);
    for (const [name, value] of Object.entries(figures)) say(`  ${name}: ${Math.round(value)}`);
    return faultsOf(figures);
  });
  for (const what of wrong) say(`  WRONG ${what}`);
  say(wrong.length === 0 ? "Nothing wrong" : `${wrong.length} wrong`);
  Deno.exit(wrong.length === 0 ? 0 : 1);
}
