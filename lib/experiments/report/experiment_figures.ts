import type { Ledger } from "../../metering/ledger.ts";
import { type Calendar, daysUntil } from "../../platform/calendar.ts";
import type { Clock } from "../../platform/clock.ts";
import type { NanoUsd } from "../../shared/money.ts";
import type { ArmReport, Letter } from "../../shared/views/experiment_view.ts";
import { type ArmDayRow, type Experiment, variantName } from "../records.ts";
import { armReports, splitRatio } from "./rules/arm_reports.ts";
import type { SampleRatio } from "../rules/sample_ratio.ts";
import type { StoredExperiments } from "../stored_experiments.ts";

interface Needs {
  store: { experiments: StoredExperiments; ledger: Ledger };
  calendar: Calendar;
  clock: Clock;
}

const DAY_MS = 24 * 60 * 60_000;

/** Counts of an experiment that has started. */
export interface ExperimentFigures {
  /** From the day of the start to today or the day of the end. */
  days: string[];
  rows: ArmDayRow[];
  ratio: SampleRatio;
  /** Days on which the shares changed after the start. */
  changes: string[];
}

/** Reads the counts of an experiment: as many records as variants times days. */
export class FigureReader {
  constructor(private readonly deps: Needs) {}

  async of(experiment: Experiment): Promise<ExperimentFigures> {
    const { calendar, store } = this.deps;
    const days = this.daysOf(experiment);
    const rows = await store.experiments.days(experiment.id);
    const bounds = days.map((day) => {
      const from = calendar.startOf(day);
      return { day, from, until: calendar.endOfDay(from) };
    });
    return {
      days,
      rows,
      ratio: splitRatio({ ...experiment, rows, days: bounds }),
      changes: experiment.shareChanges.slice(1).map(({ at }) => calendar.dayOf(at)),
    };
  }

  /** Spending of each variant on each of the days. */
  async spentBy(
    { id, variants }: Experiment,
    days: readonly string[],
  ): Promise<Map<Letter, NanoUsd[]>> {
    const { ledger } = this.deps.store;
    return new Map(
      await Promise.all(variants.map(async ({ letter }): Promise<[Letter, NanoUsd[]]> => {
        const totals = await ledger.shown("variant", variantName(id, letter), days);
        return [letter, totals.map(({ spent }) => spent)];
      })),
    );
  }

  /** The variants' figures in all. */
  async arms(
    experiment: Experiment,
    { days, rows, ratio }: ExperimentFigures,
  ): Promise<ArmReport[]> {
    const spentBy = await this.spentBy(experiment, days);
    const spent = Object.fromEntries(
      [...spentBy].map(([letter, days]) => [letter, days.reduce((sum, usd) => sum + usd, 0n)]),
    );
    return armReports({ ...experiment, rows, spent }, ratio);
  }

  /** Days from the start to the end or today; none of a draft. */
  daysOf({ startedAt, endedAt }: Pick<Experiment, "startedAt" | "endedAt">): string[] {
    if (startedAt === null) return [];
    const { calendar, clock } = this.deps;
    const first = calendar.dayOf(startedAt);
    const last = calendar.dayOf(Math.max(startedAt, endedAt ?? clock()));
    const count = Math.round((Date.parse(last) - Date.parse(first)) / DAY_MS) + 1;
    return daysUntil(last, count);
  }
}
