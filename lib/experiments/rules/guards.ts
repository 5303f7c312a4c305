import type { ArmReport, GuardCode, Letter } from "../../shared/views/experiment_view.ts";
import { newcombe } from "./proportions.ts";
import {
  comparisonPlan,
  effectOf,
  effectOver,
  FEWEST_UNITS,
  type SequentialPlan,
} from "./sequential.ts";
import { type ArmCounts, comparedTo } from "./verdict.ts";

/** Errors count as more only from 2 in 100 turns on: one bad hour of a provider is none. */
const MORE_ERRORS = 0.02;

/** N* for errors: turns are many, and a bad variant is to be seen early. */
const PLANNED_TURNS = 1_000;

/** People from whom on a mean cost is steady enough to compare. */
const PEOPLE_FOR_COST = 50;

/** A variant's report, with its counts by periods if the shares changed. */
type GuardedArm = ArmReport & Pick<ArmCounts, "periods">;

type Guard = (base: GuardedArm, arm: GuardedArm, plan: SequentialPlan) => boolean;

const failedTurns = ({ failed, turns }: ArmReport) => ({ good: failed, n: turns });

/** In the order in which they are looked at. */
const GUARDS: readonly [GuardCode, Guard][] = [
  ["errors", (base, arm, plan) => {
    if (Math.min(base.turns, arm.turns) < FEWEST_UNITS) return false;
    const more = effectOf(failedTurns(base), failedTurns(arm), { ...plan, planned: PLANNED_TURNS });
    return more.low > 0 && more.estimate >= MORE_ERRORS;
  }],
  ["cost", (base, arm) =>
    Math.min(base.people, arm.people) >= PEOPLE_FOR_COST &&
    base.perConversation !== null && base.perConversation > 0n &&
    arm.perConversation !== null && arm.perConversation >= 2n * base.perConversation],
  ["measure", (base, arm, plan) => {
    const compared = comparedTo(base, arm);
    return compared.length > 0 && effectOver(compared, plan).high < 0;
  }],
];

/** The first variant that is clearly worse than A: more errors, twice the cost, or rated lower. */
export function brokenGuard(
  arms: readonly GuardedArm[],
  planned: number,
): { letter: Letter; guard: GuardCode } | null {
  const base = arms.find(({ letter }) => letter === "A");
  if (!base) return null;
  const plan = comparisonPlan(planned, arms.length);
  for (const [guard, breaks] of GUARDS) {
    const broken = arms.find((arm) => arm !== base && breaks(base, arm, plan));
    if (broken) return { letter: broken.letter, guard };
  }
  return null;
}

/** A variant's people, and those whose first turn failed. */
export interface FirstTurns {
  letter: Letter;
  people: number;
  failedFirst: number;
}

/** The variant that loses people before their first word, which makes a split unfair. */
export function earlyFailures(arms: readonly FirstTurns[]): FirstTurns | null {
  const counted = ({ failedFirst, people }: FirstTurns) => ({ good: failedFirst, n: people });
  const reached = arms.filter(({ people }) => people > 0)
    .toSorted((one, other) => other.failedFirst / other.people - one.failedFirst / one.people);
  const [worst] = reached;
  const least = reached.at(-1);
  if (!worst || !least || worst === least) return null;
  return newcombe(counted(worst), counted(least)).low > 0 ? worst : null;
}
