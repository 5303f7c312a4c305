import type { Calendar } from "../../platform/calendar.ts";
import type { Clock } from "../../platform/clock.ts";
import { AppError } from "../../platform/errors.ts";
import { DAY_TABLE } from "../../locales/admin/experiments/checks.ts";
import { csv } from "../../shared/csv.ts";
import { usdString } from "../../shared/money.ts";
import type {
  ExperimentHead,
  ExperimentList,
  ExperimentReport,
  ExperimentVerdict,
  Letter,
} from "../../shared/views/experiment_view.ts";
import type { Tools } from "../../tools/stored_tools.ts";
import type { ToolChecks } from "../../tools/tool_checks.ts";
import type { ExperimentFigures, FigureReader } from "./experiment_figures.ts";
import type { Experiment } from "../records.ts";
import { armCounts, countedDays } from "./rules/arm_reports.ts";
import { dayRows } from "./rules/day_table.ts";
import { experimentAt } from "../rules/experiment_state.ts";
import { outlookOf } from "./rules/outlook.ts";
import { ratioChecks } from "./rules/ratio_checks.ts";
import { effectSeries, verdictOf } from "../rules/verdict.ts";
import type { StoredExperiments } from "../stored_experiments.ts";
import { type ToolTraffic, trafficOf } from "../tool_traffic.ts";
import { modelError } from "../variant_errors.ts";

interface Needs {
  store: { experiments: StoredExperiments; tools: Tools };
  calendar: Calendar;
  clock: Clock;
}

/** People in 30 days from which on an experiment answers in time. */
const BUSY = 200;

/** Experiments with their answers, for their pages. */
export class ExperimentReports {
  private readonly reader: FigureReader;
  private readonly traffic: ToolTraffic;
  private readonly checks: ToolChecks;

  constructor(
    private readonly deps: Needs,
    parts: { reader: FigureReader; traffic: ToolTraffic; checks: ToolChecks },
  ) {
    this.reader = parts.reader;
    this.traffic = parts.traffic;
    this.checks = parts.checks;
  }

  async list(): Promise<ExperimentList> {
    const { store, clock } = this.deps;
    const all = (await store.experiments.list()).map((each) => experimentAt(each, clock()));
    const heads = await Promise.all(all.map((each) => this.headOf(each)));
    const of = (...states: ExperimentHead["state"][]) =>
      heads.filter(({ state }) => states.includes(state));
    const people = await Promise.all(
      (await store.tools.list()).map(({ id }) => this.traffic.people(id)),
    );
    const latest =
      (at: (head: ExperimentHead) => number | null) => (a: ExperimentHead, b: ExperimentHead) =>
        (at(b) ?? 0) - (at(a) ?? 0);
    return {
      running: of("running").sort(latest(({ startedAt }) => startedAt)),
      waiting: of("draft", "paused").sort(latest(({ startedAt }) => startedAt)),
      ended: of("ended").sort(latest(({ endedAt }) => endedAt)),
      busyTools: people.filter((count) => count > BUSY).length,
    };
  }

  /** @throws {AppError} `conflict` for a draft */
  async report(experiment: Experiment): Promise<ExperimentReport> {
    const figures = await this.figuresOf(experiment);
    const { days, rows, ratio, changes } = figures;
    const { variants, planned, baseVersion, include, guard } = experiment;
    const arms = await this.reader.arms(experiment, figures);
    const head = await this.headOf(experiment, figures);
    const outlook = experiment.state === "ended"
      ? NO_OUTLOOK
      : outlookOf(arms.map(({ counted }) => counted), days.at(-1) ?? "", days.length);
    return {
      head,
      baseVersion: baseVersion ?? 0,
      nextVersion: head.tool.version + 1,
      include,
      planned: planned ?? 0,
      arms,
      series: effectSeries(
        countedDays({ ...experiment, rows }, days),
        variants.map(({ letter }) => letter),
        planned ?? 0,
        changes,
      ),
      splitP: ratio.p,
      checks: ratio.fair ? [] : ratioChecks(experiment, rows),
      guard,
      unasked: await this.unaskedOf(experiment),
      ...outlook,
    };
  }

  /** The counts of each variant's days, as a table. */
  async csv(experiment: Experiment): Promise<string> {
    const { days, rows } = await this.figuresOf(experiment);
    const spent = await this.reader.spentBy(experiment, days);
    const costOf = (letter: Letter, index: number) => usdString(spent.get(letter)?.[index] ?? 0n);
    return csv([Object.values(DAY_TABLE), ...dayRows({ ...experiment, rows }, days, costOf)]);
  }

  private figuresOf(experiment: Experiment): Promise<ExperimentFigures> {
    if (experiment.state !== "draft") return this.reader.of(experiment);
    throw new AppError("conflict", { code: "experiment.is", state: "draft" });
  }

  /** @param known its counts, if they were read before */
  async headOf(
    experiment: Experiment,
    known?: ExperimentFigures,
  ): Promise<ExperimentHead> {
    const { id, name, state, measure, startedAt, endedAt, endsAt, imported } = experiment;
    const { pausedAt, pause, promoted } = experiment;
    const isDraft = state === "draft";
    const figures = known ?? (isDraft ? null : await this.reader.of(experiment));
    return {
      id,
      name,
      tool: await this.toolOf(experiment.tool),
      state,
      measure,
      day: figures?.days.length ?? 0,
      startedAt,
      endedAt,
      endsAt,
      people: figures?.rows.reduce((sum, { people }) => sum + people, 0) ?? 0,
      pausedAt,
      pause,
      imported,
      promoted: promoted && { letter: promoted.letter, version: promoted.version },
      verdict: figures && answerOf(experiment, figures),
      weeks: isDraft ? (await this.traffic.forecast(trafficOf(experiment))).weeks : null,
    };
  }

  /** Variants that go on, whose own model cannot be asked now. */
  private async unaskedOf(
    { tool: id, state, variants, contents }: Experiment,
  ): Promise<ExperimentReport["unasked"]> {
    const { tools } = await this.deps.store.tools.snapshot();
    const tool = tools.find((each) => each.id === id);
    if (!tool || state === "ended") return [];
    return variants.flatMap(({ letter }) => {
      const content = contents[letter];
      return content && modelError(this.checks, tool, content, tools) !== null
        ? [{ letter, model: content.model }]
        : [];
    });
  }

  /** A tool that is gone has its id as a name. */
  private async toolOf(id: string): Promise<ExperimentHead["tool"]> {
    const { store: { tools }, clock } = this.deps;
    const tool = await tools.get(id);
    const binned = tool
      ? null
      : (await tools.bin(clock())).find((each) => each.tool.id === id)?.tool ?? null;
    const { name = id, icon = "", version = 0 } = tool ?? binned ?? {};
    return { id, name, icon, version, place: tool ? "tools" : binned ? "bin" : "gone" };
  }
}

const NO_OUTLOOK = { daysToFirst: null, seenOn: null };

function answerOf(
  experiment: Experiment,
  { rows, ratio, changes }: ExperimentFigures,
): ExperimentVerdict {
  const arms = armCounts({ ...experiment, rows }, changes);
  return verdictOf(arms, { planned: experiment.planned ?? 0, ratio });
}
