import type { Key } from "../../store/key.ts";
import { StaleRead, type Transactions, type Tx } from "../../store/transactions.ts";
import { type Arm, experimentKeys, type Participation } from "../records.ts";
import { isOngoing } from "../rules/experiment_state.ts";
import type { StoredExperiments } from "../stored_experiments.ts";
import { addToDay, countGoal } from "./arm_days.ts";

interface Needs {
  experiments: StoredExperiments;
  transactions: Transactions;
}

/** Variants of visitors, as read before the commit that finds them to be one person. */
export interface SeenArms {
  /** Keys that {@link uniteArms} and {@link dropArms} read. */
  reads: readonly Key<unknown>[];
  /** Tools with an experiment that is not over. */
  tools: ReadonlyMap<string, ReadonlySet<string>>;
  arms: readonly { key: Key<Arm>; person: string | undefined }[];
  people: readonly { key: Key<Participation>; days: string }[];
}

/** Reads the variants of visitors in all experiments that are not over. */
export async function armsOf(
  { experiments, transactions }: Needs,
  visitors: Iterable<string>,
): Promise<SeenArms> {
  const tools = new Map<string, Set<string>>();
  for (const { id, tool } of experiments.known.filter(isOngoing)) {
    tools.set(tool, (tools.get(tool) ?? new Set()).add(id));
  }
  const all = [...new Set(visitors)];
  const arms = await Promise.all([...tools.keys()].flatMap((tool) =>
    all.map(async (visitor) => {
      const key = experimentKeys.arm(visitor, tool);
      return { key, arm: await transactions.read(key) };
    })
  ));
  const keys = new Map<string, { key: Key<Participation>; experiment: string }>();
  for (const { arm } of arms) {
    if (arm === null) continue;
    const key = experimentKeys.person(arm.experiment, arm.person);
    keys.set(key.id, { key, experiment: arm.experiment });
  }
  const people = await Promise.all([...keys.values()].map(async ({ key, experiment }) => {
    const counted = await transactions.read(key);
    return { key, experiment, counted };
  }));
  return {
    tools,
    arms: arms.map(({ key, arm }) => ({ key, person: arm?.person })),
    people: people.map(({ key, counted }) => ({ key, days: daysOf(counted) })),
    reads: [
      ...arms.map(({ key }) => key),
      ...people.flatMap(({ key, experiment, counted }) => [
        key,
        ...(counted === null ? [] : [counted.day, counted.rated?.day ?? counted.day]
          .map((day) => experimentKeys.day(experiment, day, counted.letter))),
      ]),
    ],
  };
}

/**
 * Checks that the variants are as they were read; before {@link uniteArms}.
 * @throws {StaleRead}
 */
export function checkArms(tx: Tx, { arms, people }: SeenArms): void {
  const same = arms.every(({ key, person }) => tx.get(key)?.person === person) &&
    people.every(({ key, days }) => daysOf(tx.get(key)) === days);
  if (!same) throw new StaleRead();
}

/**
 * Makes two visitors one person: both get the variant of `kept`, or else that of `other`.
 * A person counts once: where both had been counted, what was counted of `other` is taken out.
 */
export function uniteArms(tx: Tx, { tools }: SeenArms, kept: string, other: string): void {
  if (kept === other) return;
  for (const [tool, current] of tools) {
    const keptKey = experimentKeys.arm(kept, tool), otherKey = experimentKeys.arm(other, tool);
    const [mine, theirs] = [tx.get(keptKey), tx.get(otherKey)]
      .map((arm) => arm && current.has(arm.experiment) ? arm : null);
    if (mine && theirs && mine.experiment !== theirs.experiment) continue;
    const arm = mine && theirs ? unitedArm(tx, mine, theirs) : mine ?? theirs;
    if (!arm) continue;
    tx.set(keptKey, arm);
    tx.set(otherKey, arm);
  }
}

/** Deletes the variants of a visitor that is no more. */
export function dropArms(tx: Tx, { tools }: SeenArms, visitor: string): void {
  for (const tool of tools.keys()) tx.delete(experimentKeys.arm(visitor, tool));
}

/** The variant of a person that was counted as two. */
function unitedArm(tx: Tx, mine: Arm, theirs: Arm): Arm {
  const { experiment } = mine;
  if (mine.person === theirs.person) return mine;
  const key = experimentKeys.person(experiment, mine.person);
  const goneKey = experimentKeys.person(experiment, theirs.person);
  const counted = tx.get(key), gone = tx.get(goneKey);
  if (gone === null) return mine;
  if (counted === null) return mine.letter === theirs.letter ? theirs : mine;
  const dayOf = (day: string, letter: string) => experimentKeys.day(experiment, day, letter);
  tx.delete(goneKey);
  const sawTwo = gone.letter !== counted.letter;
  addToDay(tx, dayOf(gone.day, gone.letter), {
    people: -1,
    reached: gone.reached ? -1 : 0,
    sawTwo: sawTwo ? 1 : 0,
  });
  const { rated } = gone;
  if (rated) addToDay(tx, dayOf(rated.day, gone.letter), { [rated.verdict]: -1 });
  if (sawTwo) return mine;
  // Of one variant: what the other one did was done by the person.
  let person = { ...counted, turns: counted.turns + gone.turns };
  if (rated && person.rated === null) {
    addToDay(tx, dayOf(rated.day, gone.letter), { [rated.verdict]: 1 });
    person = { ...person, rated };
  }
  tx.set(key, gone.reached ? countGoal(tx, person, dayOf) : person);
  return mine;
}

/** The days in which a person counts. */
function daysOf(counted: Participation | null): string {
  return counted === null ? "" : `${counted.day} ${counted.letter} ${counted.rated?.day ?? ""}`;
}
