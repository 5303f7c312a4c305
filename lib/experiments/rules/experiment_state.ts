import type { Experiment } from "../records.ts";

/** The experiment at a time: from its planned end on it has ended, also before that is written. */
export function experimentAt(experiment: Experiment, now: number): Experiment {
  const { endsAt } = experiment;
  return isOngoing(experiment) && endsAt !== null && endsAt <= now
    ? { ...experiment, state: "ended", endedAt: endsAt }
    : experiment;
}

/** Whether people have variants, or keep theirs for when it goes on. */
export function isOngoing({ state }: Pick<Experiment, "state">): boolean {
  return state === "running" || state === "paused";
}
