import type { NanoUsd } from "../../shared/money.ts";
import type {
  DraftGoldenView,
  GoldenListView,
  GoldenPairView,
  GoldenRunView,
} from "../../shared/views/golden_view.ts";
import { AppError, causeOf } from "../../platform/errors.ts";
import type { PaidCalls } from "../../metering/calls/paid_calls.ts";
import type { Kv } from "../../store/kv.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import { type ExampleDeps, type ExampleText, GoldenExamples } from "./golden_examples.ts";
import { GoldenJudging } from "./golden_judging.ts";
import { GoldenRuns, type RunDeps, type RunRequest } from "./golden_runs.ts";
import { resolveSide, type SideSpec, wantedReply } from "./golden_sides.ts";
import { exampleView, runView } from "./golden_views.ts";
import { judgeRequest, ModelJudge } from "./model_judge.ts";
import { PaidReplies, type ReplyDeps } from "./paid_reply.ts";
import { type GoldenExample, goldenKeys, type GoldenRun } from "./records.ts";
import { StoredGolden } from "./stored_golden.ts";

type Needs = Omit<ReplyDeps & RunDeps & ExampleDeps, "store"> & {
  store: ExampleDeps["store"] & RunDeps["store"] & { kv: Kv };
};

/** Tokens of a typical reply, and of a judge's answer, for prices shown before. */
const TYPICAL = { reply: 300, judgement: 60 };
const RUNS_SHOWN = 10;
const DAY = 24 * 60 * 60_000;

/** Golden conversations: example questions of a tool, and versions compared by them. */
export class GoldenService {
  private readonly golden: StoredGolden;
  private readonly examples: GoldenExamples;
  private readonly judging: GoldenJudging;
  private readonly replies: PaidReplies;
  private readonly runs: GoldenRuns;
  private daily: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly deps: Needs, paidCalls: PaidCalls) {
    this.golden = new StoredGolden(deps.store.kv);
    this.examples = new GoldenExamples(deps, this.golden);
    this.judging = new GoldenJudging(deps, this.golden);
    this.replies = new PaidReplies(deps, paidCalls);
    const judge = new ModelJudge(deps, this.replies);
    this.runs = new GoldenRuns(deps, this.golden, this.replies, judge);
  }

  /** The tools' examples, and a tool's own; the first tool with examples by default. */
  async list(wanted: string | null): Promise<GoldenListView> {
    const all = await this.deps.store.tools.list();
    const tools = await Promise.all(all.map(async ({ id, name }) => ({
      id,
      name,
      examples: (await this.golden.examples(id)).length,
    })));
    const chosen = wanted ?? tools.find(({ examples }) => examples > 0)?.id ?? tools[0]?.id;
    const tool = all.find(({ id }) => id === chosen) ?? null;
    if (tool === null) {
      return { tools, tool, examples: [], lastRun: null, runs: [], cost: null };
    }
    const [examples, runs] = await Promise.all([
      this.golden.examples(tool.id),
      this.golden.runs(tool.id, RUNS_SHOWN),
    ]);
    const views = await Promise.all(runs.map((run) => this.view(run)));
    const lastRun = views[0] ?? null;
    return {
      tools,
      tool: { id: tool.id, name: tool.name, model: tool.model, version: tool.version },
      examples: examples.map((example) => exampleView(example, lastRun)),
      lastRun,
      runs: views.map(({ id, at, sides, state, summary }) => ({ id, at, sides, state, summary })),
      cost: this.priceOf(examples, [tool], null),
    };
  }

  /** @throws {AppError} `missing` */
  async example(tool: string, id: string) {
    return exampleView(await this.examples.get(tool, id), null);
  }

  /** Adds an example, or changes one. Returns its id. */
  saveExample(who: string, tool: string, id: string | null, text: ExampleText): Promise<string> {
    return this.examples.save(who, tool, id, text);
  }

  removeExample(who: string, tool: string, id: string): Promise<void> {
    return this.examples.remove(who, tool, id);
  }

  /** Takes a question from a conversation that is open to review. */
  take(who: string, conversation: string, message: string) {
    return this.examples.take(who, conversation, message);
  }

  /** Typical cost of a run; null where a price is unknown, or a draft is not right yet. */
  async price(
    toolId: string,
    specs: readonly SideSpec[],
    judge: "people" | "model",
  ): Promise<NanoUsd | null> {
    const tool = await this.tool(toolId);
    const examples = await this.golden.examples(toolId);
    try {
      const sides = await Promise.all(
        specs.map((spec) => resolveSide(this.deps.store, tool, spec)),
      );
      return this.priceOf(
        examples,
        sides.map((side) => side.tool),
        judge === "model" ? tool.model : null,
      );
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }

  start(who: string, request: RunRequest): Promise<string> {
    return this.runs.start(who, request);
  }

  stop(run: string): Promise<void> {
    return this.runs.stop(run);
  }

  resume(run: string): Promise<void> {
    return this.runs.resume(run);
  }

  /** @throws {AppError} `missing` */
  async run(id: string): Promise<GoldenRunView> {
    return await this.view(await this.runs.find(id));
  }

  /** Two replies for an admin to judge; null when none is left. */
  async pair(who: string, run: string, example?: string): Promise<GoldenPairView | null> {
    return await this.judging.pair(who, await this.runs.find(run), example);
  }

  async judge(
    who: string,
    run: string,
    example: string,
    pick: "left" | "same" | "right" | "skipped",
  ): Promise<void> {
    await this.judging.judge(who, await this.runs.find(run), example, pick);
  }

  /** Takes back an admin's last judgement. Returns its example. */
  async undo(who: string, run: string): Promise<string | null> {
    return await this.judging.undo(who, await this.runs.find(run));
  }

  /** The examples' word about a draft of the editor, by a run of it. */
  async ofDraft(toolId: string, run = ""): Promise<DraftGoldenView> {
    const tool = await this.tool(toolId);
    const [examples, found] = await Promise.all([
      this.golden.examples(toolId),
      run === "" ? null : this.golden.run(run),
    ]);
    return {
      examples: examples.length,
      cost: this.priceOf(examples, [tool, tool], tool.model),
      run: found?.tool === toolId ? await this.view(found) : null,
    };
  }

  /** Deletes now and each day what is left of tools that cannot be restored any more. */
  watch(): void {
    const sweep = () =>
      this.dropOrphans().catch((error) => {
        this.deps.log("warn", "Cannot delete examples of deleted tools", {
          error: causeOf(error),
        });
      });
    void sweep();
    this.daily = setInterval(sweep, DAY);
  }

  /** Stops the runs of this process; they can be resumed. */
  async close(): Promise<void> {
    clearInterval(this.daily);
    await this.runs.close();
  }

  private async tool(id: string): Promise<Tool> {
    const tool = await this.deps.store.tools.get(id);
    if (tool === null) throw new AppError("missing", { code: "tool.binned" });
    return tool;
  }

  private async view(run: GoldenRun): Promise<GoldenRunView> {
    const [tool, underWay, examples, replies, judgements] = await Promise.all([
      this.deps.store.tools.get(run.tool),
      this.runs.isUnderWay(run),
      this.golden.examples(run.tool),
      this.golden.replies(run.id),
      this.golden.judgements(run.id),
    ]);
    const toolName = tool?.name ?? run.tool;
    return runView({ run, toolName, underWay, examples, replies, judgements });
  }

  /** Typical cost of each side's replies to the examples, judged by a model or not. */
  private priceOf(
    examples: readonly GoldenExample[],
    sides: readonly Tool[],
    judge: string | null,
  ): NanoUsd | null {
    let sum = 0n;
    for (const example of examples) {
      const wanted = sides.map((tool) => ({
        request: wantedReply(tool, example),
        tokens: TYPICAL.reply,
      }));
      const [tool] = sides;
      if (judge !== null && tool) {
        const reply = "x".repeat(4 * TYPICAL.reply);
        const request = judgeRequest(tool, judge, { ...example, first: reply, second: reply });
        wanted.push(...[1, 2].map(() => ({ request, tokens: TYPICAL.judgement })));
      }
      for (const { request, tokens } of wanted) {
        const cost = this.replies.typicalCost(request, tokens);
        if (cost === null) return null;
        sum += cost;
      }
    }
    return sum;
  }

  private async dropOrphans(): Promise<void> {
    const { store, clock } = this.deps;
    const [tools, bin, known] = await Promise.all([
      store.tools.list(),
      store.tools.bin(clock()),
      this.golden.tools(),
    ]);
    const kept = new Set([...tools.map(({ id }) => id), ...bin.map(({ tool }) => tool.id)]);
    for (const tool of known) {
      if (kept.has(tool)) continue;
      for (const { id } of await this.golden.runs(tool, 1_000)) await this.runs.drop(tool, id);
      const examples = await this.golden.examples(tool);
      await store.transactions.run([], (tx) => {
        for (const { id, from } of examples) {
          tx.delete(goldenKeys.example(tool, id));
          if (from) tx.delete(goldenKeys.taken(from.conversation, tool, id));
        }
      }, 300 * examples.length);
    }
  }
}
