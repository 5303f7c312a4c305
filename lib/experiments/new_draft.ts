import type { Experiment } from "./records.ts";
import type { ExperimentPlan } from "./rules/experiment_form.ts";

/** A draft of a plan. */
export function newDraft(
  plan: ExperimentPlan,
  origin:
    & Pick<Experiment, "tool" | "by" | "createdAt">
    & Partial<Pick<Experiment, "id" | "imported">>,
): Experiment {
  return {
    id: crypto.randomUUID().replaceAll("-", "").slice(0, 10),
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
