import { z } from "zod";
import type {
  BeginPart,
  ReadRecord,
  SettlePart,
  TurnParticipant,
  TurnToBegin,
} from "../chat/participants.ts";
import type { TurnOutcome } from "../chat/turn/turn_outcome.ts";
import type { Running } from "../metering/call_records.ts";
import { StaleRead, type Tx } from "../store/transactions.ts";
import type { Tool } from "../tools/rules/tool.ts";
import { addToDay, countGoal } from "./counts/arm_days.ts";
import type { RefusedTurns } from "./counts/refused_turns.ts";
import {
  type Arm,
  arm as armSchema,
  type Experiment,
  experimentKeys,
  type Participation,
  variantName,
} from "./records.ts";
import { takesPart, variantOf } from "./rules/assignment.ts";
import { reachesGoal } from "./rules/goal.ts";
import { saysPhrase } from "./rules/phrase.ts";
import type { StoredExperiments } from "./stored_experiments.ts";

/** Names its data in a turn. */
const PARTICIPANT = "experiments";
/** Bytes that its part in a settlement writes. */
const WEIGHT = 1_000;

/** Data of a turn for its settlement. */
const turnInArm = armSchema.extend({
  /** Whether it is the person's first. */
  first: z.boolean(),
  /** Whether the question has the phrase that is the goal. */
  said: z.boolean(),
});
type TurnInArm = z.output<typeof turnInArm>;

/**
 * Part of the experiments in turns: a person of a running experiment gets their variant.
 * The first turn writes their variant and counts them; each settlement counts the turn. Trials by
 * admins take no part.
 */
export function experimentsParticipant(
  { experiments, refusedTurns }: { experiments: StoredExperiments; refusedTurns: RefusedTurns },
): TurnParticipant {
  return {
    name: PARTICIPANT,
    begin: (turn) => {
      const running = turn.trial ? null : experiments.runningOf(turn.tool.id, turn.now);
      return running && exposure(running, turn);
    },
    settle: (running, outcome) => {
      const kept = running.participants?.[PARTICIPANT];
      if (kept === undefined) return null;
      const { data } = turnInArm.safeParse(kept);
      const found = experiments.known.find(({ id }) => id === data?.experiment);
      return data ? settlement(data, found ?? null, running, outcome) : null;
    },
    refused: ({ day }, variant) => refusedTurns.note(day, variant),
  };
}

function exposure(
  experiment: Experiment,
  { visitor, tool, now, day }: TurnToBegin,
): BeginPart {
  const { id, seed, variants, include, measure } = experiment;
  const drawn = takesPart(seed, visitor, include) ? variantOf(seed, visitor, variants) : null;
  const keys = {
    arm: experimentKeys.arm(visitor, tool.id),
    person: experimentKeys.person(id, visitor),
  };
  const dayKey = drawn && experimentKeys.day(id, day, drawn);
  const armOf = (stored: Arm | null, counted: Participation | null): Arm | null => {
    if (stored?.experiment === id) return stored;
    const { letter = drawn, day: since = day } = counted ?? {};
    return letter && { experiment: id, letter, person: visitor, day: since };
  };
  return {
    reads: [keys.arm, keys.person, ...(dayKey ? [dayKey] : [])],
    version: async (read: ReadRecord) => {
      const arm = armOf(await read(keys.arm), await read(keys.person));
      return arm && { tool: toolOf(experiment, tool, arm), variant: variantName(id, arm.letter) };
    },
    run: (tx, { text, variant }) => {
      const stored = tx.get(keys.arm), counted = tx.get(keys.person);
      const arm = armOf(stored, counted);
      if ((arm && variantName(id, arm.letter)) !== variant) throw new StaleRead();
      if (arm === null) return {};
      const first = stored?.experiment !== id && counted === null;
      if (stored?.experiment !== id) tx.set(keys.arm, arm);
      if (first) {
        const { letter } = arm;
        tx.set(keys.person, { letter, day, at: now, turns: 0, rated: null, reached: false });
        addToDay(tx, experimentKeys.day(id, day, letter), { people: 1 });
      }
      const said = measure.code === "phrase" && saysPhrase(text, measure.phrase);
      const keep: TurnInArm = { ...arm, first, said };
      return { keep };
    },
  };
}

/** The tool with a variant's own fields, as of the version with which the experiment started. */
function toolOf({ contents, baseVersion }: Experiment, tool: Tool, { letter }: Arm): Tool {
  return { ...tool, ...contents[letter], version: baseVersion ?? tool.version };
}

function settlement(
  turn: TurnInArm,
  experiment: Experiment | null,
  running: Running,
  outcome: TurnOutcome,
): SettlePart {
  const { letter } = turn;
  const dayOf = (day: string, letter: string) => experimentKeys.day(turn.experiment, day, letter);
  const keys = {
    arm: experimentKeys.arm(running.visitor, running.tool),
    person: experimentKeys.person(turn.experiment, turn.person),
    exposed: dayOf(turn.day, letter),
    today: dayOf(running.hold.day, letter),
  };
  const keepPerson = (tx: Tx) => {
    const arm = tx.get(keys.arm), counted = tx.get(keys.person);
    // Written anew, so that both are kept as long as the person comes.
    if (arm) tx.set(keys.arm, arm);
    // Counted by another visitor since: the phone was linked during the turn.
    if (counted === null || counted.letter !== letter || counted.day !== turn.day) return;
    const answered = outcome.failure === null ? 1 : 0;
    const person = { ...counted, turns: counted.turns + answered };
    const { startedAt } = running;
    const reached = experiment !== null &&
      reachesGoal(experiment.measure, person, { said: turn.said, startedAt });
    tx.set(keys.person, reached ? countGoal(tx, person, dayOf) : person);
  };
  return {
    reads: Object.values(keys),
    weight: WEIGHT,
    run: (tx) => {
      addToDay(tx, keys.today, countsOf(turn, running, outcome));
      keepPerson(tx);
      return 0n;
    },
  };
}

/** Counts of one settled turn. */
function countsOf(
  { first }: TurnInArm,
  { number, notices }: Running,
  { failure, waitedMs }: TurnOutcome,
) {
  const failed = failure === null ? 0 : 1;
  const noted = (...codes: string[]) =>
    notices.some((notice) => "code" in notice && codes.includes(notice.code)) ? 1 : 0;
  return {
    turns: 1,
    conversations: number === 1 ? 1 : 0,
    failed,
    failedFirst: first ? failed : 0,
    degraded: noted("downgraded", "clamped"),
    failedOver: noted("failed_over"),
    ...(waitedMs === null ? {} : { waits: 1, waitedMs }),
  };
}
