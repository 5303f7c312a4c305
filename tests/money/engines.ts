import { AppError } from "@/lib/platform/errors.ts";
import { costOf, worstCase } from "@/lib/llm/rules/prices.ts";
import { beginTurn } from "@/lib/chat/turn/begin_turn.ts";
import { StaleRead } from "@/lib/store/transactions.ts";
import { settleTurn } from "@/lib/chat/turn/settle_turn.ts";
import { chatKeys } from "@/lib/chat/records.ts";
import type { Running } from "@/lib/metering/call_records.ts";
import { costOfAttempts, lastAttempt, NoRoom } from "@/lib/metering/calls/call_steps.ts";
import { PaidCalls } from "@/lib/metering/calls/paid_calls.ts";
import { EventBus } from "@/lib/platform/event_bus.ts";
import { participantsOf } from "@/lib/deletion.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { type Books, checkHalves, checkTotals, readBooks } from "./books.ts";
import { type Ceilings, Inspector, inspectWrites } from "./inspector.ts";
import { NOON, openingOf } from "./openings.ts";

/** How the answer to the next commit is lost: as an error, or as a failed check. */
export type Loss = "error" | "failed" | null;

export const CEILINGS = {
  tools: { "tool-0": 3_000_000n, "tool-1": 2_500_000n } as Record<string, bigint>,
  organisation: 4_000_000n,
  others: 3_500_000n,
} satisfies Ceilings;

let losses: Loss[] = [];
const { commit } = Deno.AtomicOperation.prototype;
Deno.AtomicOperation.prototype.commit = async function () {
  const result = await commit.call(this);
  const loss = losses.shift() ?? null;
  if (loss === "error") throw new Error("The connection was lost");
  return loss === "failed" ? { ok: false } : result;
};
let inspector = new Inspector(CEILINGS);
inspectWrites({ look: (path, value) => inspector.look(path, value) });

/** Prices of the models that a chain asks after the first, by nano-dollars per million tokens. */
const NEXT = {
  dearer: { input: 300_000_000n, cachedInput: 150_000_000n, output: 1_200_000_000n },
  cheaper: { input: 50_000_000n, cachedInput: 5_000_000n, output: 200_000_000n },
};

/** A turn that its engine knows to be under way. */
interface Open {
  engine: number;
  running: Running;
  promptTokens: number;
}

/** Usage of an attempt of which a share of the worst case is billed. */
function usageOf({ running, promptTokens }: Open, share: number | null) {
  return {
    input: Math.floor(promptTokens * (share ?? 0)),
    cached: Math.floor(promptTokens * (share ?? 0) / 2),
    output: Math.floor(running.maxTokens * (share ?? 0)),
    reasoning: 0,
  };
}

/** Several processes' turn engines on one store, stepped by hand; `wrong()` checks the books. */
export class Engines implements AsyncDisposable {
  private readonly worlds: World[] = [];
  private readonly retired: World[] = [];
  private readonly open: Open[] = [];
  /** Amounts that turns were settled for by their own engine; null when released. */
  private readonly settled = new Map<string, bigint | null>();
  private readonly abandoned = new Set<string>();
  /** Amounts for which failed attempts must be booked, in order; null for those not billed. */
  private readonly failed = new Map<string, (bigint | null)[]>();
  /** Turns whose next attempt may or may not be held. */
  private readonly unsure = new Set<string>();
  private turns = 0;

  private constructor(private readonly folder: string, private readonly kv: Deno.Kv) {}

  static async start(count: number): Promise<Engines> {
    losses = [];
    inspector = new Inspector(CEILINGS);
    const folder = await Deno.makeTempDir({ prefix: "engines-" });
    const engines = new Engines(folder, await Deno.openKv(`${folder}/kv.sqlite`));
    while (engines.worlds.length < count) engines.worlds.push(await engines.world());
    return engines;
  }

  /** Begins a turn, unless the ceiling or the conversation forbids it. */
  async begin(
    engine: number,
    visitor: number,
    promptTokens: number,
    maxTokens: number,
    clamp: boolean,
    loss: Loss,
  ): Promise<void> {
    const { store } = this.at(engine).deps;
    const tool = `tool-${visitor % 2}`;
    const turn = `turn-${++this.turns}`;
    const seen = await store.conversations.head(`visitor-${visitor}`, tool);
    const opening = openingOf({
      turn,
      visitor: `visitor-${visitor}`,
      tool,
      process: store.processes.self,
      channel: visitor % 3 === 0 ? "whatsapp" : "web",
      variant: visitor % 2 === 0 ? "A" : null,
      seen,
      question: seen?.next ?? 0,
      promptTokens,
      inputEstimate: Math.ceil(promptTokens / 4),
      maxTokens,
      ladder: { downgradeFrom: 80, clamp },
      ceilings: { tool: CEILINGS.tools[tool] ?? null, organisation: CEILINGS.organisation },
    });
    // Some are paid from budgets with records of their own as well.
    const other = { scope: "api_key" as const, id: `key-${visitor % 2}`, limit: CEILINGS.others };
    if (visitor > 2) {
      opening.budgets = [
        ...opening.budgets,
        { ...other, window: "day" },
        { ...other, window: "month" },
      ];
    }
    losses.push(loss);
    try {
      const begun = await beginTurn(store.transactions, opening);
      if (begun.kind === "begun") this.open.push({ engine, running: begun.running, promptTokens });
    } catch (error) {
      if (!(error instanceof StaleRead) && !(error instanceof AppError)) throw error;
    } finally {
      losses = [];
    }
  }

  /**
   * Ends a turn's attempt as failed and holds for the chain's next one, unless a budget forbids it.
   * @param share of the failed attempt's worst case that is billed; null for nothing
   */
  async fail(
    pick: number,
    share: number | null,
    next: keyof typeof NEXT,
    loss: Loss,
  ): Promise<void> {
    const one = this.open[pick % Math.max(1, this.open.length)];
    if (!one) return;
    const { running, promptTokens } = one;
    const { turn } = running;
    const last = lastAttempt(running);
    const usage = usageOf(one, share);
    const cost = share === null
      ? null
      : { ...usage, usd: costOf(usage, last.price ?? running.price), basis: "estimated" as const };
    const step = {
      cost,
      next: {
        provider: "next",
        model: next,
        simulated: false,
        price: NEXT[next],
        hold: worstCase(promptTokens, running.maxTokens, NEXT[next]),
      },
    };
    const calls = new PaidCalls(this.at(one.engine).deps);
    losses.push(loss);
    try {
      const held = await calls.holdAttempt(running, step);
      if (held === null) throw new Error(`${turn} ended before its next attempt`);
      one.running = held;
      this.failed.set(turn, [...this.failed.get(turn) ?? [], cost?.usd ?? null]);
    } catch (error) {
      if (error instanceof NoRoom) return;
      if (!(error instanceof AppError)) throw error;
      this.unsure.add(turn);
    } finally {
      losses = [];
    }
  }

  /** Settles or releases a running turn, `times` times at once. */
  async settle(pick: number, share: number | null, times: number, loss: Loss): Promise<void> {
    const [one] = this.open.splice(pick % Math.max(1, this.open.length), 1);
    if (!one) return;
    const { running } = one;
    const usage = usageOf(one, share);
    const usd = costOf(usage, lastAttempt(running).price ?? running.price);
    const { deps } = this.at(one.engine);
    const { store } = deps;
    const participants = participantsOf(deps, new EventBus(deps.log));
    losses.push(loss);
    const results = await Promise.all(
      Array.from(
        { length: times },
        () =>
          settleTurn(store.transactions, {
            process: store.processes.self,
            running,
            participants,
            outcome: {
              text: share === null ? "" : `reply of ${running.turn}`,
              reason: "stop",
              at: NOON,
              hour: 12,
              waitedMs: null,
              spent: share === null ? null : { ...usage, usd, basis: "reported" },
              failure: null,
              followed: true,
              progressKept: true,
            },
          }, { sessionAt: 0n, shares: [50, 80, 100] }),
      ),
    );
    losses = [];
    const done = results.filter((result) => result !== null).length;
    if (done !== 1) throw new Error(`${running.turn} was settled ${done} times`);
    this.settled.set(running.turn, share === null ? null : usd);
  }

  /** Stores progress of a running turn, as happens each second. */
  async progress(pick: number): Promise<void> {
    const one = this.open[pick % Math.max(1, this.open.length)];
    if (!one) return;
    await this.kv.set(
      chatKeys.progress(one.running.turn).path,
      "what was streamed so far ".repeat(3),
    );
  }

  /** Archives a visitor's conversation, whatever runs in it. */
  async reset(engine: number, visitor: number): Promise<void> {
    const head = chatKeys.head(`visitor-${visitor}`, `tool-${visitor % 2}`);
    await this.at(engine).deps.store.transactions.run([head], (tx) => tx.delete(head));
  }

  /** Ends a process; another takes its place and recovers its orphans. */
  async crash(engine: number): Promise<void> {
    const world = this.at(engine);
    const { self } = world.deps.store.processes;
    for (const one of this.open.filter((o) => this.at(o.engine) === world)) {
      this.abandoned.add(one.running.turn);
      this.open.splice(this.open.indexOf(one), 1);
    }
    await this.kv.set(["process", self], { place: "elsewhere", pid: 1, expiresAt: 0 });
    this.retired.push(world);
    this.worlds[this.worlds.indexOf(world)] = await this.world();
    const books = await readBooks(this.kv);
    const left = books.running.filter(({ process }) => process === self);
    if (left.length > 0) throw new Error(`${left.length} holds outlived their process`);
  }

  /** All present errors in the books. */
  async wrong(): Promise<string[]> {
    const books = await readBooks(this.kv);
    const wrong = [...inspector.broken, ...checkTotals(books), ...checkHalves(books)];
    wrong.push(...this.checkTurns(books));
    for (const { running } of books.running) {
      if (running.kind !== "turn") continue;
      const { price } = lastAttempt(running);
      const failed = costOfAttempts(running, null).usd;
      const most = failed + worstCase(0, running.maxTokens, price ?? running.price);
      if (running.hold.amount < most) wrong.push(`${running.turn} holds less than its worst case`);
    }
    return wrong;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const world of [...this.worlds, ...this.retired]) await world[Symbol.asyncDispose]();
    this.kv.close();
    await Deno.remove(this.folder, { recursive: true });
  }

  private checkTurns(books: Books): string[] {
    const wrong: string[] = [];
    const entries = new Map(books.entries.map((entry) => [entry.turn, entry.usd]));
    const running = new Set(books.running.map(({ running }) => running.turn));
    for (const [turn, costs] of this.failed) {
      if (running.has(turn)) continue;
      for (const [i, usd] of costs.entries()) {
        const id = `${turn}.a${i + 1}`;
        const booked = entries.get(id) ?? null;
        if (booked !== usd) wrong.push(`${id} cost ${usd} and is booked for ${booked}`);
        entries.delete(id);
      }
    }
    for (const [turn, usd] of this.settled) {
      const booked = entries.get(turn) ?? null;
      if (booked !== usd) wrong.push(`${turn} was settled for ${usd} and is booked for ${booked}`);
      entries.delete(turn);
    }
    for (const id of entries.keys()) {
      const turn = id.replace(/\.a\d+$/, "");
      if (id !== turn && !this.unsure.has(turn)) wrong.push(`${id} was never made`);
      if (!this.abandoned.has(turn)) wrong.push(`${turn} has an entry and was never settled`);
    }
    const runs = new Set(books.running.map(({ running }) => running.turn));
    for (const { running } of this.open) {
      if (!runs.delete(running.turn)) wrong.push(`${running.turn} lost its hold`);
    }
    for (const turn of runs) wrong.push(`${turn} holds money and nobody knows of it`);
    return wrong;
  }

  private at(engine: number): World {
    const world = this.worlds[engine % this.worlds.length];
    if (!world) throw new Error("There is no engine");
    return world;
  }

  private world(): Promise<World> {
    return openWorld({ path: `${this.folder}/kv.sqlite`, clock: () => NOON });
  }
}
