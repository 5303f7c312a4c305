import { audit } from "../audit/log.ts";
import type { Clock } from "../platform/clock.ts";
import { AppError } from "../platform/errors.ts";
import type { Experiment } from "./records.ts";
import { experimentAt } from "./rules/experiment_state.ts";
import type { StoredExperiments } from "./stored_experiments.ts";

/** A decided change of one experiment. */
interface Edit {
  /** `experiment.verb` of the audit entry. */
  action: string;
  /** Null for a new one. */
  before: Experiment | null;
  after: Experiment;
}

/** Changes of experiments, each in one commit with its audit entry. */
export class ExperimentChanges {
  constructor(
    private readonly deps: { store: { experiments: StoredExperiments }; clock: Clock },
  ) {}

  /**
   * Changes an experiment by its stored state, again after a concurrent change.
   * @param seen revision that the admin has seen; null for any
   * @param edit may throw; null for no change
   * @throws {AppError} `missing`; `conflict` when another admin has changed it since `seen`
   */
  async edit(
    who: string,
    action: string,
    id: string,
    seen: number | null,
    edit: (now: Experiment, all: readonly Experiment[]) => Experiment | null,
  ): Promise<void> {
    const { store, clock } = this.deps;
    const at = clock();
    let decided: Edit | null = null;
    await store.experiments.change((all) => {
      const before = found(all, id, at);
      if (seen !== null && before.revision !== seen) {
        throw new AppError("conflict", { code: "experiment.changed" });
      }
      const changed = edit(before, all.map((each) => experimentAt(each, at)));
      decided = changed && { action, before, after: { ...changed, revision: before.revision + 1 } };
      return decided === null ? [] : [decided.after];
    }, (tx) => {
      if (decided) auditEdit(tx, at, who, decided);
    });
  }

  /**
   * Stores a new experiment.
   * @throws {AppError} `conflict` when there is one with its id
   */
  async create(who: string, action: string, experiment: Experiment): Promise<void> {
    const at = this.deps.clock();
    await this.deps.store.experiments.change(
      (all) => {
        if (all.some(({ id }) => id === experiment.id)) {
          throw new AppError("conflict", { code: "experiment.changed" });
        }
        return [experiment];
      },
      (tx) => auditEdit(tx, at, who, { action, before: null, after: experiment }),
    );
  }

  /** Deletes an experiment. */
  async remove(who: string, id: string, check: (now: Experiment) => void): Promise<void> {
    const at = this.deps.clock();
    let gone: Experiment | null = null;
    await this.deps.store.experiments.remove((all) => {
      gone = found(all, id, at);
      check(gone);
      return gone;
    }, (tx) => {
      const thing = `experiment:${id}`;
      audit(tx, { at, who, action: "experiment.delete", thing, before: gone, after: null });
    });
  }
}

/** Writes the audit entry of a change. */
export function auditEdit(
  tx: Parameters<typeof audit>[0],
  at: number,
  who: string,
  { action, before, after }: Edit,
): void {
  audit(tx, { at, who, action, thing: `experiment:${after.id}`, before, after });
}

/**
 * The experiment with an id, as it is at a time.
 * @throws {AppError} `missing`
 */
export function found(all: readonly Experiment[], id: string, now: number): Experiment {
  const experiment = all.find((each) => each.id === id);
  if (experiment) return experimentAt(experiment, now);
  throw new AppError("missing", { code: "experiment.gone" });
}
