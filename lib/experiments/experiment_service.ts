import type { RatingCounts } from "../feedback/rules/review.ts";
import type { Ledger } from "../metering/ledger.ts";
import type { Scope } from "../metering/records.ts";
import type { EventBus } from "../platform/event_bus.ts";
import type { Log } from "../platform/log.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type {
  ExperimentFields,
  ExperimentHead,
  ExperimentList,
  ExperimentReport,
  Letter,
  Measure,
  PlanForecast,
} from "../shared/views/experiment_view.ts";
import type { Finding } from "../shared/views/tool_admin_view.ts";
import type { Tools } from "../tools/stored_tools.ts";
import type { ToolChecks } from "../tools/tool_checks.ts";
import type { ToolEditing } from "../tools/tool_editing.ts";
import { found } from "./experiment_changes.ts";
import { ExperimentCourse } from "./experiment_course.ts";
import { FigureReader } from "./report/experiment_figures.ts";
import { ExperimentPlans } from "./experiment_plans.ts";
import { ExperimentReports } from "./report/experiment_reports.ts";
import type { Experiment } from "./records.ts";
import type { StoredExperiments } from "./stored_experiments.ts";
import { ExperimentWatch } from "./experiment_watch.ts";
import { ToolTraffic } from "./tool_traffic.ts";

interface Needs {
  store: {
    experiments: StoredExperiments;
    tools: Tools;
    ledger: Ledger;
    ratings: {
      days(scope: Scope, tool: string, days: readonly string[]): Promise<RatingCounts[]>;
    };
  };
  calendar: Calendar;
  clock: Clock;
  bus: EventBus;
  log: Log;
}

/** Admins' work with experiments; each action commits together with its audit entry. */
export class ExperimentService {
  /** Ends experiments at their time, and pauses those that do harm. */
  readonly watch: ExperimentWatch;
  private readonly plans: ExperimentPlans;
  private readonly course: ExperimentCourse;
  private readonly reports: ExperimentReports;
  private readonly traffic: ToolTraffic;

  constructor(
    private readonly deps: Needs,
    { checks, editing }: { checks: ToolChecks; editing: ToolEditing },
  ) {
    this.traffic = new ToolTraffic(deps);
    this.plans = new ExperimentPlans(deps, checks);
    this.course = new ExperimentCourse(deps, this.traffic, editing, checks);
    const reader = new FigureReader(deps);
    this.reports = new ExperimentReports(deps, { reader, traffic: this.traffic, checks });
    this.watch = new ExperimentWatch(deps, reader);
  }

  list(): Promise<ExperimentList> {
    return this.reports.list();
  }

  /**
   * An experiment as it is now: past its end it has ended.
   * @throws {AppError} `missing`
   */
  async get(id: string): Promise<Experiment> {
    const { store, clock } = this.deps;
    return found(await store.experiments.list(), id, clock());
  }

  async has(id: string): Promise<boolean> {
    return await this.deps.store.experiments.get(id) !== null;
  }

  /** @throws {AppError} `missing` */
  async head(id: string): Promise<ExperimentHead> {
    return await this.reports.headOf(await this.get(id));
  }

  /** @throws {AppError} `missing`; `conflict` for a draft */
  async report(id: string): Promise<ExperimentReport> {
    return await this.reports.report(await this.get(id));
  }

  /** The counts of each day as a table. */
  async csv(id: string): Promise<string> {
    return await this.reports.csv(await this.get(id));
  }

  forecast(plan: {
    tool: string;
    measure: Measure["code"];
    variants: number;
    include: number;
    shares?: readonly number[];
    target?: number;
  }): Promise<PlanForecast> {
    return this.traffic.forecast(plan);
  }

  fieldsOf(id: string): Promise<{ fields: ExperimentFields; revision: number }> {
    return this.plans.fieldsOf(id);
  }

  newFields(tool: string): Promise<ExperimentFields> {
    return this.plans.newFields(tool);
  }

  /** Saves a draft, a new one where none has this id; or returns the errors in its fields. */
  save(
    who: string,
    id: string | null,
    revision: number,
    fields: ExperimentFields,
  ): Promise<{ id: string } | { findings: Finding[] }> {
    return this.plans.save(who, id, revision, fields);
  }

  start(who: string, id: string, revision: number): Promise<void> {
    return this.course.start(who, id, revision);
  }

  pause(who: string, id: string): Promise<void> {
    return this.course.pause(who, id);
  }

  resume(who: string, id: string): Promise<void> {
    return this.course.resume(who, id);
  }

  end(who: string, id: string): Promise<void> {
    return this.course.end(who, id);
  }

  /** Deletes a draft. */
  remove(who: string, id: string): Promise<void> {
    return this.plans.remove(who, id);
  }

  /** Changes the shares, in percent, for people who come from now on. */
  setShares(
    who: string,
    id: string,
    revision: number,
    shares: readonly number[],
  ): Promise<void> {
    return this.course.setShares(who, id, revision, shares);
  }

  /** Makes a variant the tool and ends the experiment. Returns the new version's number. */
  promote(who: string, id: string, letter: Letter): Promise<number> {
    return this.course.promote(who, id, letter);
  }
}
