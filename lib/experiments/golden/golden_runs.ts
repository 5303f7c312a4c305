import { createHash } from "node:crypto";
import { audit, AUDIT_WEIGHT } from "../../audit/log.ts";
import type { Clock } from "../../platform/clock.ts";
import { AppError, causeOf } from "../../platform/errors.ts";
import type { Log } from "../../platform/log.ts";
import { timePrefix } from "../../shared/time_prefix.ts";
import type { ProcessRegistry } from "../../store/process_registry.ts";
import type { Transactions } from "../../store/transactions.ts";
import type { Tools } from "../../tools/stored_tools.ts";
import type { StoredExperiments } from "../stored_experiments.ts";
import type { GoldenRemoval } from "./golden_removal.ts";
import { resolveSide, type SideSpec } from "./golden_sides.ts";
import {
  type GoldenExample,
  goldenKeys,
  type GoldenRun,
  type StopReason,
  toolOfRun,
} from "./records.ts";
import type { RunMaker } from "./run_maker.ts";
import type { RunRoom } from "./run_room.ts";
import type { StoredGolden } from "./stored_golden.ts";

export interface RunDeps {
  store: {
    experiments: StoredExperiments;
    golden: StoredGolden;
    processes: ProcessRegistry;
    tools: Tools;
    transactions: Transactions;
  };
  clock: Clock;
  log: Log;
}

export interface RunRequest {
  tool: string;
  a: SideSpec;
  b: SideSpec;
  /** All of the tool's when omitted. */
  examples?: readonly string[];
  judge: "people" | "model";
  /**
   * The newest run that its form showed, "" for none: a form that is sent twice makes one run.
   * Omitted: it always makes one.
   */
  seen?: string;
}

/** A run that this process makes. */
interface Making {
  number: number;
  abort: AbortController;
  done: Promise<void>;
}

/** Upper bound of the bytes of a run with both of its tools. */
const WEIGHT = 150_000;
const RUN_WEIGHT = 20_000;

/**
 * Runs: both versions answer all examples, in the background; what was made is kept. A run belongs
 * to one process at a time: each beginning takes a number, and only the last number may write.
 */
export class GoldenRuns {
  private readonly underWay = new Map<string, Making>();
  /** Runs whose beginning is being committed. */
  private readonly beginning = new Set<string>();
  private closed = false;

  constructor(
    private readonly deps: RunDeps,
    private readonly maker: RunMaker,
    private readonly room: RunRoom,
    private readonly removal: GoldenRemoval,
  ) {}

  /**
   * Begins a run. Returns its id, or that of the run which the same form has begun.
   * @throws {AppError} `missing`; `invalid` without examples or for a wrong draft; `over_budget`
   * when a budget has no room for its typical cost; `unavailable` without a price
   */
  async start(who: string, request: RunRequest): Promise<string> {
    const { store, clock } = this.deps;
    const tool = await store.tools.find(request.tool);
    const all = await store.golden.examples(tool.id);
    const chosen = all.filter(({ id }) => request.examples?.includes(id) ?? true);
    if (chosen.length === 0) throw new AppError("invalid", { code: "golden.none" });
    const [a, b] = await Promise.all([
      resolveSide(store, tool, request.a),
      resolveSide(store, tool, request.b),
    ]);
    const at = clock();
    const judge = request.judge === "model" ? tool.model : null;
    const form = formOf(request, chosen);
    const run: GoldenRun = {
      id: `${tool.id}~${timePrefix(at)}${crypto.randomUUID().slice(0, 8)}`,
      tool: tool.id,
      at,
      by: who,
      sides: { a: a.view, b: b.view },
      examples: chosen.map(({ id }) => id),
      judge,
      state: "running",
      stop: null,
      process: store.processes.self,
      making: 1,
      form,
    };
    const refusal = await this.room.refusal(
      tool,
      chosen.map((example) => ({ example, sides: ["a", "b"], judgement: judge !== null })),
      { a: a.tool, b: b.tool },
      judge,
    );
    const started = form === null ? null : goldenKeys.started(tool.id, form);
    const begun = await this.claim(
      run,
      () =>
        store.transactions.run(started === null ? [] : [started], (tx) => {
          const before = started && tx.get(started);
          if (before !== null) return before;
          if (refusal) throw refusal;
          if (started) tx.set(started, run.id);
          tx.set(goldenKeys.run(tool.id, run.id), run);
          tx.set(goldenKeys.cost(run.id), { usd: 0n, lost: 0n });
          tx.set(goldenKeys.side(run.id, "a"), a.tool);
          tx.set(goldenKeys.side(run.id, "b"), b.tool);
          audit(tx, {
            at,
            who,
            action: "golden.run",
            thing: `tool:${tool.id}`,
            before: null,
            after: { examples: chosen.length, judge: run.judge ?? "" },
          });
          return run;
        }, WEIGHT + AUDIT_WEIGHT),
    );
    if (typeof begun === "string") return begun;
    await this.removal.dropOld(tool.id);
    return run.id;
  }

  /**
   * Goes on with a run that was stopped or interrupted, or lacks parts. No effect while a process
   * makes it.
   * @throws {AppError} `missing`; `over_budget` when a budget has no room for the rest
   */
  async resume(id: string): Promise<void> {
    const { store } = this.deps;
    const seen = await this.find(id);
    if (await this.isUnderWay(seen)) return;
    const { lacking, parts } = await this.maker.lacking(seen);
    if (seen.state === "done" && lacking.length === 0) return;
    const [tool, a, b] = await Promise.all([
      store.tools.find(seen.tool),
      store.golden.side(id, "a"),
      store.golden.side(id, "b"),
    ]);
    if (a === null || b === null) throw gone();
    const refusal = await this.room.refusal(tool, lacking, { a, b }, seen.judge);
    const key = goldenKeys.run(seen.tool, id), cost = goldenKeys.cost(id);
    const next: GoldenRun = {
      ...seen,
      state: "running",
      stop: null,
      process: store.processes.self,
      making: seen.making + 1,
    };
    await this.claim(next, () =>
      store.transactions.run([key, cost], (tx) => {
        const now = tx.get(key);
        if (now === null || now.state === "dropped") throw gone();
        // Gone on with meanwhile, by another process or click.
        if (now.making !== seen.making || now.state !== seen.state) return null;
        if (refusal) throw refusal;
        const run = { ...next, examples: now.examples };
        tx.set(key, run);
        if (tx.get(cost) === null) {
          const known = [...parts.replies, ...parts.judgements];
          tx.set(cost, { usd: known.reduce((sum, { usd }) => sum + usd, 0n), lost: 0n });
        }
        return run;
      }, RUN_WEIGHT));
  }

  /** Stops a run; what it has is kept. */
  async stop(id: string): Promise<void> {
    const run = await this.find(id);
    if (run.state !== "running") return;
    const here = this.underWay.get(id);
    here?.abort.abort("asked");
    await here?.done;
    // Another process sees it before its next call.
    await this.end(run, { code: "asked" });
  }

  /** Whether a running run is made by a process that lives. */
  async isUnderWay({ id, state, process, making }: GoldenRun): Promise<boolean> {
    if (state !== "running") return false;
    const { store: { processes }, clock } = this.deps;
    if (process === processes.self) {
      return this.beginning.has(id) || this.underWay.get(id)?.number === making;
    }
    return (await processes.others(clock())).some(({ id, gone }) => id === process && !gone);
  }

  /** Stops all runs of this process; they can be gone on with. */
  async close(): Promise<void> {
    this.closed = true;
    for (const { abort } of this.underWay.values()) abort.abort("closed");
    await Promise.all([...this.underWay.values()].map(({ done }) => done));
  }

  /** @throws {AppError} `missing` */
  async find(id: string): Promise<GoldenRun> {
    const run = await this.deps.store.golden.run(id);
    if (run === null || toolOfRun(id) !== run.tool) throw gone();
    return run;
  }

  /** Deletes a run; its calls under way are stopped, booked and not kept. */
  async drop(who: string, id: string): Promise<void> {
    const { tool } = await this.find(id);
    const here = this.underWay.get(id);
    here?.abort.abort("asked");
    await here?.done;
    const entry = {
      at: this.deps.clock(),
      who,
      action: "golden.drop",
      thing: `tool:${tool}`,
      before: null,
      after: null,
    };
    await this.removal.dropRun(tool, id, (tx) => audit(tx, entry), AUDIT_WEIGHT);
  }

  /** Makes a run once `commit` has taken it for this process. */
  private async claim<T>(run: GoldenRun, commit: () => Promise<GoldenRun | T>) {
    this.beginning.add(run.id);
    try {
      const taken = await commit();
      // Taken while the process ends, it reads interrupted.
      if (isRun(taken) && !this.closed) this.begin(taken);
      return taken;
    } finally {
      this.beginning.delete(run.id);
    }
  }

  private begin(run: GoldenRun): void {
    const { log } = this.deps;
    const abort = new AbortController();
    // A making that was overtaken ends by itself, at its next commit.
    const done = this.maker.make(run, abort.signal)
      .catch((error): StopReason => {
        log("error", "A run of examples broke off", { error: causeOf(error) });
        return { code: "fault" };
      })
      .then((stop) => this.end(run, stop))
      .catch((error) => {
        log("error", "The end of a run cannot be stored", { error: causeOf(error) });
      })
      .finally(() => {
        if (this.underWay.get(run.id)?.number === run.making) this.underWay.delete(run.id);
      });
    this.underWay.set(run.id, { number: run.making, abort, done });
  }

  /** Stores the end of a making, unless the run ended or was begun anew meanwhile. */
  private async end({ tool, id, making }: GoldenRun, stop: StopReason | null): Promise<void> {
    const key = goldenKeys.run(tool, id);
    await this.deps.store.transactions.run([key], (tx) => {
      const now = tx.get(key);
      if (now?.state !== "running" || now.making !== making) return;
      tx.set(key, { ...now, state: stop === null ? "done" : "stopped", stop });
    }, RUN_WEIGHT);
  }
}

function isRun(taken: unknown): taken is GoldenRun {
  return typeof taken === "object" && taken !== null;
}

function gone(): AppError {
  return new AppError("missing", { code: "golden.gone" });
}

/** What a form asks for, by which the same form sent twice is known; null where any may be sent. */
function formOf(request: RunRequest, examples: readonly GoldenExample[]): string | null {
  if (request.seen === undefined) return null;
  const texts = examples.map(({ id, question, expects }) => [id, question, expects]);
  const { tool, a, b, judge, seen } = request;
  return createHash("sha256").update(JSON.stringify([tool, a, b, judge, seen, texts]))
    .digest("base64url").slice(0, 22);
}
