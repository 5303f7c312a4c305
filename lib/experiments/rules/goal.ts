import type { Measure } from "../../shared/views/experiment_view.ts";

const HOUR = 60 * 60_000;
/** Times after the first turn between which a person counts as having returned, in ms. */
const RETURNS = { from: HOUR, to: 24 * HOUR };

/**
 * Whether a settled turn reaches the goal of an experiment.
 * @param person time of their first turn, and answered turns up to this one
 * @param turn `said`: whether its question has the phrase
 */
export function reachesGoal(
  measure: Measure,
  person: { at: number; turns: number },
  turn: { said: boolean; startedAt: number },
): boolean {
  switch (measure.code) {
    case "phrase":
      return turn.said;
    case "turns":
      return person.turns >= measure.turns;
    case "return": {
      const after = turn.startedAt - person.at;
      return after >= RETURNS.from && after <= RETURNS.to;
    }
    case "rated":
    case "link":
    case "export":
      return false;
  }
}
