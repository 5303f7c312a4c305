import type { NanoUsd } from "../../shared/money.ts";
import type {
  DraftGoldenView,
  GoldenListView,
  GoldenPairView,
  GoldenRunView,
} from "../../shared/views/golden_view.ts";
import type { ToolFields } from "../../shared/views/tool_admin_view.ts";
import { AppError } from "../../platform/errors.ts";
import type { HoldDeps } from "../../metering/calls/hold_call.ts";
import type { PaidCalls } from "../../metering/calls/paid_calls.ts";
import { parseToolFields, toolFields } from "../../tools/rules/tool_form.ts";
import { type ExampleDeps, type ExampleText, GoldenExamples } from "./golden_examples.ts";
import { GoldenJudging } from "./golden_judging.ts";
import { GoldenRemoval } from "./golden_removal.ts";
import { GoldenRuns, type RunDeps, type RunRequest } from "./golden_runs.ts";
import { resolveSide, type SideSpec } from "./golden_sides.ts";
import { exampleView, runView } from "./golden_views.ts";
import { ModelJudge } from "./model_judge.ts";
import { PaidReplies, type ReplyDeps } from "./paid_reply.ts";
import type { GoldenExample, GoldenRun } from "./records.ts";
import { RunMaker } from "./run_maker.ts";
import { RunRoom } from "./run_room.ts";

type Needs = Omit<ReplyDeps & RunDeps & ExampleDeps & HoldDeps, "store"> & {
  store: ExampleDeps["store"] & RunDeps["store"] & HoldDeps["store"];
};

const RUNS_SHOWN = 10;

/** Golden conversations: example questions of a tool, and versions compared by them. */
export class GoldenService {
  /** Its rounds finish deletions. */
  readonly removal: GoldenRemoval;
  private readonly examples: GoldenExamples;
  private readonly judging: GoldenJudging;
  private readonly room: RunRoom;
  private readonly runs: GoldenRuns;

  constructor(private readonly deps: Needs, paidCalls: PaidCalls) {
    this.removal = new GoldenRemoval(deps);
    this.examples = new GoldenExamples(deps, this.removal);
    this.judging = new GoldenJudging(deps);
    const replies = new PaidReplies(deps, paidCalls);
    this.room = new RunRoom(deps, replies);
    const maker = new RunMaker(deps, replies, new ModelJudge(deps.clock, replies));
    this.runs = new GoldenRuns(deps, maker, this.room, this.removal);
  }

  /** The tools' examples, and a tool's own; the first tool with examples by default. */
  async list(wanted: string | null): Promise<GoldenListView> {
    const { store } = this.deps;
    const [all, byTool] = await Promise.all([store.tools.list(), store.golden.examplesByTool()]);
    const tools = all.map(({ id, name }) => ({ id, name, examples: byTool.get(id)?.length ?? 0 }));
    const chosen = wanted ?? tools.find(({ examples }) => examples > 0)?.id ?? tools[0]?.id;
    const tool = all.find(({ id }) => id === chosen) ?? null;
    if (tool === null) {
      return { tools, tool, examples: [], lastRun: null, runs: [], cost: null };
    }
    const examples = byTool.get(tool.id) ?? [];
    const runs = await store.golden.runs(tool.id, RUNS_SHOWN);
    const views = await Promise.all(runs.map((run) => this.view(run, examples)));
    const lastRun = views[0] ?? null;
    return {
      tools,
      tool: { id: tool.id, name: tool.name, model: tool.model, version: tool.version },
      examples: examples.map((example) => exampleView(example, lastRun)),
      lastRun,
      runs: views.map(({ id, at, sides, state, summary }) => ({ id, at, sides, state, summary })),
      cost: this.room.priceOf(examples, [tool], null),
    };
  }

  /** @throws {AppError} `missing` */
  async example(tool: string, id: string) {
    return exampleView(await this.examples.get(tool, id), null);
  }

  /** Adds an example, or changes one. Returns its id. */
  saveExample(
    who: string,
    tool: string,
    id: string | null,
    text: ExampleText,
    seen: string | null = null,
  ): Promise<string> {
    return this.examples.save(who, tool, id, text, seen);
  }

  removeExample(
    who: string,
    tool: string,
    id: string,
    seen: string | null = null,
  ): Promise<void> {
    return this.examples.remove(who, tool, id, seen);
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
    const { store } = this.deps;
    const tool = await store.tools.find(toolId);
    const examples = await store.golden.examples(toolId);
    try {
      const sides = await Promise.all(
        specs.map((spec) => resolveSide(store, tool, spec)),
      );
      return this.room.priceOf(
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

  /** Deletes a run, also one that is under way. */
  removeRun(who: string, run: string): Promise<void> {
    return this.runs.drop(who, run);
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

  /** The examples' word about a draft of the editor, by a run of an earlier state of it. */
  async ofDraft(
    toolId: string,
    draft: { run: string; fields: ToolFields } | null,
  ): Promise<DraftGoldenView> {
    const { golden, tools } = this.deps.store;
    const tool = await tools.find(toolId);
    const [examples, found] = await Promise.all([
      golden.examples(toolId),
      draft === null || draft.run === "" ? null : golden.run(draft.run),
    ]);
    const content = draft && parseToolFields(draft.fields).content;
    const drafted = { ...tool, ...content };
    const run = found?.tool === toolId ? found : null;
    return {
      examples: examples.length,
      cost: this.room.priceOf(examples, [tool, drafted], tool.model),
      model: drafted.model,
      run: run && await this.view(run, examples),
      changed: run !== null && draft !== null && !await this.isOf(run, draft.fields),
    };
  }

  /** The newest run, where it is of this very draft and of all examples; null otherwise. */
  async runOf(toolId: string, fields: ToolFields): Promise<string | null> {
    const { golden, tools } = this.deps.store;
    const tool = await tools.find(toolId);
    const [examples, [run]] = await Promise.all([
      golden.examples(toolId),
      golden.runs(toolId, 1),
    ]);
    if (!run || run.state === "stopped" || run.judge === null) return null;
    const { a, b } = run.sides;
    if (a.code !== "version" || a.version !== tool.version || b.code !== "draft") return null;
    if (examples.some(({ id }) => !run.examples.includes(id))) return null;
    if (run.state === "running" && !await this.runs.isUnderWay(run)) return null;
    return await this.isOf(run, fields) ? run.id : null;
  }

  /** Stops the runs of this process, which can be gone on with, and its rounds. */
  async close(): Promise<void> {
    await Promise.all([this.runs.close(), this.removal.rounds.stop()]);
  }

  /** Whether a run's second side is this draft. */
  private async isOf(run: GoldenRun, fields: ToolFields): Promise<boolean> {
    const { content } = parseToolFields(fields);
    const side = await this.deps.store.golden.side(run.id, "b");
    if (content === null || side === null) return false;
    const ran = toolFields(side), now = toolFields({ ...side, ...content });
    return JSON.stringify(ran) === JSON.stringify(now);
  }

  private async view(
    run: GoldenRun,
    known?: readonly GoldenExample[],
  ): Promise<GoldenRunView> {
    const { golden, tools } = this.deps.store;
    const [tool, underWay, examples, parts, cost] = await Promise.all([
      tools.get(run.tool),
      this.runs.isUnderWay(run),
      known ?? golden.examples(run.tool),
      golden.parts(run.id),
      golden.cost(run.id),
    ]);
    const toolName = tool?.name ?? run.tool;
    return runView({ run, toolName, underWay, examples, parts, cost });
  }
}
