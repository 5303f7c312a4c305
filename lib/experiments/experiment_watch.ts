import { faultAlert, recordAlerts } from "../metering/spending_alerts.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import type { EventBus } from "../platform/event_bus.ts";
import { causeOf } from "../platform/errors.ts";
import type { Log } from "../platform/log.ts";
import { Rounds } from "../platform/rounds.ts";
import type { GuardCode, Letter } from "../shared/views/experiment_view.ts";
import type { Tools } from "../tools/stored_tools.ts";
import type { Experiment } from "./records.ts";
import type { FigureReader } from "./report/experiment_figures.ts";
import { armCounts } from "./report/rules/arm_reports.ts";
import { experimentAt } from "./rules/experiment_state.ts";
import { brokenGuard } from "./rules/guards.ts";
import type { StoredExperiments } from "./stored_experiments.ts";

interface Needs {
  store: { experiments: StoredExperiments; tools: Tools };
  calendar: Calendar;
  clock: Clock;
  bus: EventBus;
  log: Log;
}

const ROUND_MS = 10 * 60_000;

/**
 * Ends experiments at their time, and pauses those with a variant that is clearly worse.
 * All processes watch; one of them writes.
 */
export class ExperimentWatch {
  readonly rounds: Rounds;

  constructor(private readonly deps: Needs, private readonly reader: FigureReader) {
    this.rounds = new Rounds({
      everyMs: ROUND_MS,
      work: () => this.check(),
      failed: (error) =>
        deps.log("warn", "Cannot watch the experiments", { error: causeOf(error) }),
    });
  }

  async check(): Promise<void> {
    await this.endThoseOver();
    for (const experiment of await this.deps.store.experiments.list()) {
      if (experiment.state === "running" && experiment.guard) await this.guard(experiment);
    }
  }

  private async endThoseOver(): Promise<void> {
    const { store, clock } = this.deps;
    await store.experiments.change((all) =>
      all.flatMap((before) => {
        const now = experimentAt(before, clock());
        return now === before ? [] : [{ ...now, revision: before.revision + 1 }];
      })
    );
  }

  private async guard(experiment: Experiment): Promise<void> {
    const figures = await this.reader.of(experiment);
    const reports = await this.reader.arms(experiment, figures);
    const counts = armCounts({ ...experiment, rows: figures.rows }, figures.changes);
    const arms = reports.map((report, at) => ({ ...report, periods: counts[at]?.periods }));
    const broken = brokenGuard(arms, experiment.planned ?? 0);
    if (broken) await this.pause(experiment, broken);
  }

  private async pause(
    { id, name, tool: toolId }: Experiment,
    broken: { letter: Letter; guard: GuardCode },
  ): Promise<void> {
    const { store, calendar, clock, bus, log } = this.deps;
    const at = clock();
    const tool = (await store.tools.get(toolId))?.name ?? toolId;
    let paused = false;
    await store.experiments.change((all) => {
      const now = all.find((each) => each.id === id);
      paused = now?.state === "running";
      return now && paused
        ? [{
          ...now,
          state: "paused",
          pausedAt: at,
          pause: { code: "guard", ...broken },
          revision: now.revision + 1,
        }]
        : [];
    }, (tx) => {
      const alert = faultAlert(at, "experiment_paused", name, { ...broken, tool });
      recordAlerts(tx, calendar.dayOf(at), [alert]);
    });
    if (!paused) return;
    log("warn", "An experiment was paused", { experiment: id, ...broken });
    bus.emit("AlertRaised", {});
  }
}
