import type { Experiment } from "./records.ts";
import type { ExperimentPlan } from "./rules/experiment_form.ts";

/** A new experiment's id; a form has it before the first save, so that no second draft is made. */
export function newExperimentId(): string {
  return crypto.randomUUID().replaceAll("-", "").slice(0, 10);
}

/** A draft of a plan. */
export function newDraft(
  plan: ExperimentPlan,
  origin:
    & Pick<Experiment, "tool" | "by" | "createdAt">
    & Partial<Pick<Experiment, "id" | "imported">>,
): Experiment {
  return {
    id: newExperimentId(),
    state: "draft",
    seed: "",
    imported: false,
    startedAt: null,
    baseVersion: null,
    planned: null,
    endsAt: null,
    endedAt: null,
    pausedAt: null,
    pause: null,
    shareChanges: [],
    promoted: null,
    revision: 1,
    ...plan,
    ...origin,
  };
}
