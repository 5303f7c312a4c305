import { audit, AUDIT_WEIGHT } from "../../audit/log.ts";
import type { Clock } from "../../platform/clock.ts";
import { AppError, causeOf } from "../../platform/errors.ts";
import type { Log } from "../../platform/log.ts";
import { cutText, LONGEST_TEXT } from "../../llm/rules/reply_text.ts";
import { timePrefix } from "../../shared/time_prefix.ts";
import type { Side } from "../../shared/views/golden_view.ts";
import type { ProcessRegistry } from "../../store/process_registry.ts";
import type { Transactions } from "../../store/transactions.ts";
import type { Tools } from "../../tools/stored_tools.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import type { StoredExperiments } from "../stored_experiments.ts";
import { resolveSide, type SideSpec, wantedReply } from "./golden_sides.ts";
import type { ModelJudge } from "./model_judge.ts";
import type { PaidReplies } from "./paid_reply.ts";
import {
  GOLDEN_LIMITS,
  type GoldenExample,
  goldenKeys,
  type GoldenRun,
  MODEL_JUDGE,
  toolOfRun,
} from "./records.ts";
import type { StoredGolden } from "./stored_golden.ts";

export interface RunDeps {
  store: {
    experiments: StoredExperiments;
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
}

/** Examples under way at once. */
const AT_ONCE = 2;
const SIDES = ["a", "b"] as const;
/** Upper bound of the bytes of a run with both of its tools. */
const WEIGHT = 150_000;

/** Runs: both versions answer all examples, in the background; what was made is kept. */
export class GoldenRuns {
  private readonly underWay = new Map<string, { abort: AbortController; done: Promise<void> }>();

  constructor(
    private readonly deps: RunDeps,
    private readonly golden: StoredGolden,
    private readonly replies: PaidReplies,
    private readonly judge: ModelJudge,
  ) {}

  /**
   * Begins a run. Returns its id.
   * @throws {AppError} `missing`, or `invalid` without examples or for a wrong draft
   */
  async start(who: string, request: RunRequest): Promise<string> {
    const { store, clock } = this.deps;
    const tool = await store.tools.get(request.tool);
    if (tool === null) throw new AppError("missing", { code: "tool.binned" });
    const all = await this.golden.examples(tool.id);
    const chosen = all.filter(({ id }) => request.examples?.includes(id) ?? true);
    if (chosen.length === 0) throw new AppError("invalid", { code: "golden.none" });
    const [a, b] = await Promise.all([
      resolveSide(store, tool, request.a),
      resolveSide(store, tool, request.b),
    ]);
    const at = clock();
    const run: GoldenRun = {
      id: `${tool.id}~${timePrefix(at)}${crypto.randomUUID().slice(0, 8)}`,
      tool: tool.id,
      at,
      by: who,
      sides: { a: a.view, b: b.view },
      examples: chosen.map(({ id }) => id),
      judge: request.judge === "model" ? tool.model : null,
      state: "running",
      process: store.processes.self,
    };
    await store.transactions.run([], (tx) => {
      tx.set(goldenKeys.run(tool.id, run.id), run);
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
    }, WEIGHT + AUDIT_WEIGHT);
    await this.dropOld(tool.id);
    this.begin(run);
    return run.id;
  }

  /** Goes on with a run that was stopped or interrupted, or whose replies failed in part. */
  async resume(id: string): Promise<void> {
    const run = await this.find(id);
    if (await this.isUnderWay(run)) return;
    const isWhole = run.state === "done" &&
      !(await this.golden.replies(id)).some(({ failed }) => failed);
    if (isWhole) return;
    const again: GoldenRun = { ...run, state: "running", process: this.deps.store.processes.self };
    await this.put(again);
    this.begin(again);
  }

  /** Stops a run; what it has is kept. */
  async stop(id: string): Promise<void> {
    const run = await this.find(id);
    if (run.state !== "running") return;
    const here = this.underWay.get(id);
    here?.abort.abort();
    await here?.done;
    // Another process sees it before its next reply.
    if (here === undefined) await this.put({ ...run, state: "stopped" });
  }

  /** Whether a running run is made by a process that lives. */
  async isUnderWay({ id, state, process }: GoldenRun): Promise<boolean> {
    if (state !== "running") return false;
    const { processes } = this.deps.store;
    if (process === processes.self) return this.underWay.has(id);
    return (await processes.listed()).has(process);
  }

  /** Stops all runs of this process; they can be gone on with. */
  async close(): Promise<void> {
    for (const { abort } of this.underWay.values()) abort.abort();
    await Promise.all([...this.underWay.values()].map(({ done }) => done));
  }

  private begin(run: GoldenRun): void {
    // Asked for twice at once.
    if (this.underWay.has(run.id)) return;
    const abort = new AbortController();
    const done = this.make(run, abort.signal)
      .then((state) => this.put({ ...run, state }))
      .catch((error) => {
        this.deps.log("error", "A run of examples broke off", { error: causeOf(error) });
      })
      .finally(() => this.underWay.delete(run.id));
    this.underWay.set(run.id, { abort, done });
  }

  private async make(run: GoldenRun, signal: AbortSignal): Promise<"done" | "stopped"> {
    const [a, b, examples, replies, judgements] = await Promise.all([
      this.golden.side(run.id, "a"),
      this.golden.side(run.id, "b"),
      this.golden.examples(run.tool),
      this.golden.replies(run.id),
      this.golden.judgements(run.id),
    ]);
    if (a === null || b === null) return "stopped";
    const made = new Map(replies.map((reply) => [`${reply.example} ${reply.side}`, reply]));
    const judged = new Set(
      judgements.filter(({ judge }) => judge === MODEL_JUDGE).map(({ example }) => example),
    );
    const queue = examples.filter(({ id }) => run.examples.includes(id));
    let stopped = false;
    const goesOn = async () => {
      if (stopped || signal.aborted) return false;
      // Stopped by an admin in another process, or deleted.
      return (await this.golden.run(run.id))?.state === "running";
    };
    const one = async (example: GoldenExample) => {
      const texts = new Map<Side, string | null>();
      for (const side of SIDES) {
        const known = made.get(`${example.id} ${side}`);
        const reply = known && !known.failed
          ? known
          : await this.reply(run, example, side, side === "a" ? a : b, signal);
        texts.set(side, reply.failed ? null : reply.text);
      }
      const left = texts.get("a") ?? null, right = texts.get("b") ?? null;
      if (run.judge === null || judged.has(example.id) || signal.aborted) return;
      if (left === null || right === null) return;
      await this.judge.compare(run, example, { a: left, b: right, tool: a }, signal);
    };
    const work = async () => {
      for (let next = queue.shift(); next && await goesOn(); next = queue.shift()) {
        try {
          await one(next);
        } catch (error) {
          stopped = true;
          this.deps.log("warn", "A run of examples stopped", { error: causeOf(error) });
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return stopped || signal.aborted || !await goesOn() ? "stopped" : "done";
  }

  private async reply(
    run: GoldenRun,
    example: GoldenExample,
    side: Side,
    tool: Tool,
    signal: AbortSignal,
  ) {
    const key = goldenKeys.reply(run.id, example.id, side);
    return await this.replies.ask(wantedReply(tool, example), signal, (tx, reply) => {
      // A stopped reply is asked for again when the run goes on.
      tx.set(key, { ...reply, text: cutText(reply.text, LONGEST_TEXT) });
    });
  }

  private async put(run: GoldenRun): Promise<void> {
    const key = goldenKeys.run(run.tool, run.id);
    await this.deps.store.transactions.run([key], (tx) => {
      // Deleted meanwhile.
      if (tx.get(key) !== null) tx.set(key, run);
    }, 20_000);
  }

  /** @throws {AppError} `missing` */
  async find(id: string): Promise<GoldenRun> {
    const run = await this.golden.run(id);
    if (run === null || toolOfRun(id) !== run.tool) {
      throw new AppError("missing", { code: "golden.gone" });
    }
    return run;
  }

  /** Deletes runs beyond the newest ones. */
  private async dropOld(tool: string): Promise<void> {
    const all = await this.golden.runs(tool, GOLDEN_LIMITS.runs + 10);
    for (const { id } of all.slice(GOLDEN_LIMITS.runs)) await this.drop(tool, id);
  }

  /** Deletes a run with its replies and judgements. */
  async drop(tool: string, id: string): Promise<void> {
    const [replies, judgements] = await Promise.all([
      this.golden.replies(id),
      this.golden.judgements(id),
    ]);
    await this.deps.store.transactions.run([], (tx) => {
      tx.delete(goldenKeys.run(tool, id));
      for (const side of SIDES) tx.delete(goldenKeys.side(id, side));
      for (const { example, side } of replies) tx.delete(goldenKeys.reply(id, example, side));
      for (const { example, judge } of judgements) {
        tx.delete(goldenKeys.judgement(id, example, judge));
      }
    }, 2_000 + 200 * (replies.length + judgements.length));
  }
}
