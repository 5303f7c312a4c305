import type {
  Counted,
  EffectSeries,
  ExperimentVerdict,
  Letter,
} from "../../shared/views/experiment_view.ts";
import { shrunkDifference } from "./bayes.ts";
import type { SampleRatio } from "./sample_ratio.ts";
import {
  type Compared,
  comparisonPlan,
  differenceOf,
  effectOver,
  FEWEST_UNITS,
  isClear,
} from "./sequential.ts";

/** "No difference" is said only once larger ones than this are excluded. */
const LARGE_DIFFERENCE = 0.2;

/** A variant's counts. */
export interface ArmCounts {
  letter: Letter;
  /** Percent. */
  share: number;
  people: number;
  counted: Counted;
  /** `counted` by the periods between changes of the shares; absent: they never changed. */
  periods?: readonly Counted[] | undefined;
}

function byLetter(
  arms: readonly ArmCounts[],
  number: (arm: ArmCounts) => number,
): Partial<Record<Letter, number>> {
  return Object.fromEntries(arms.map((arm) => [arm.letter, number(arm)]));
}

const NOTHING: Counted = { good: 0, n: 0 };

/** Two variants' counts in the periods in which they can be compared; none with too few units. */
export function comparedTo(over: ArmCounts, of: ArmCounts): Compared[] {
  const { periods = [over.counted] } = over;
  const { periods: own = [of.counted] } = of;
  return comparable(periods.map((base, at) => ({ base, variant: own[at] ?? NOTHING })));
}

/** Periods in which people came to both; none when these have too few units to judge. */
function comparable(periods: readonly Compared[]): Compared[] {
  const both = periods.filter(({ base, variant }) => base.n > 0 && variant.n > 0);
  const unitsOf = (side: keyof Compared) => both.reduce((sum, period) => sum + period[side].n, 0);
  return Math.min(unitsOf("base"), unitsOf("variant")) < FEWEST_UNITS ? [] : both;
}

/**
 * The answer of an experiment, valid whenever and however often it is asked for.
 *
 * A winner has been compared to each other variant and found better, at a chance of error that
 * covers all comparisons (see comparisonPlan). A variant that was withdrawn (a share of 0) before
 * it had 20 units is left out: the answer is about the others.
 */
export function verdictOf(
  arms: readonly ArmCounts[],
  { planned, ratio }: { planned: number; ratio: SampleRatio },
): ExperimentVerdict {
  if (!ratio.fair) {
    return { code: "unfair", p: ratio.p, people: byLetter(arms, ({ people }) => people) };
  }
  const judged = arms.filter(({ share, counted }) => share > 0 || counted.n >= FEWEST_UNITS);
  const plan = comparisonPlan(planned, arms.length);
  // Of each variant, the closest other one first: the one that it is least ahead of.
  const standings = judged.map((arm) =>
    judged.filter((other) => other !== arm)
      .map((over) => ({ arm, over, effect: effectOver(comparedTo(over, arm), plan) }))
      .toSorted((one, other) => one.effect.estimate - other.effect.estimate)
  );
  const [lead = []] = standings.toSorted(([one], [other]) =>
    (other?.effect.estimate ?? 0) - (one?.effect.estimate ?? 0)
  );
  const level = lead.find(({ effect }) => !isClear(effect));
  const shown = level ?? lead.find(({ over }) => over.letter === "A") ?? lead[0];
  if (!shown || judged.some(({ counted }) => counted.n < FEWEST_UNITS)) {
    return { code: "thin", needed: FEWEST_UNITS, counts: byLetter(arms, (arm) => arm.counted.n) };
  }
  const { arm, over, effect } = shown;
  if (!level) {
    const difference = differenceOf(comparedTo(over, arm));
    const shrunk = difference ? shrunkDifference(difference) : 0;
    const rate = arm.counted.good / arm.counted.n;
    return { code: "better", winner: arm.letter, over: over.letter, rate, effect, shrunk };
  }
  const effects = standings.flat().map((each) => each.effect);
  const units = judged.reduce((sum, { counted }) => sum + counted.n, 0);
  // The largest difference of any two that their intervals allow.
  const below = Math.max(...effects.map(({ high }) => high));
  if (units >= planned && !effects.some(isClear) && below <= LARGE_DIFFERENCE) {
    return { code: "no_difference", below };
  }
  return { code: "open", leader: arm.letter, over: over.letter, effect };
}

/** What was counted on a day, by variant. */
export interface CountedDay {
  /** `YYYY-MM-DD` */
  day: string;
  counted: Partial<Record<Letter, Counted>>;
}

function plus(sum: Counted, more: Counted | undefined): Counted {
  return more ? { good: sum.good + more.good, n: sum.n + more.n } : sum;
}

/** The periods into which days are divided by the days of a change; without change, one. */
function periodsOf<Day extends { day: string }>(
  days: readonly Day[],
  changes: readonly string[],
): Day[][] {
  const starts = [...new Set(changes)].toSorted();
  return [null, ...starts].map((from, at) =>
    days.filter(({ day }) => (from === null || from <= day) && !(day >= (starts[at] ?? "~")))
  );
}

/** A variant's counts in each period between the days on which the shares changed. */
export function countedPeriods(
  days: readonly CountedDay[],
  letter: Letter,
  changes: readonly string[],
): Counted[] {
  return periodsOf(days, changes)
    .map((period) => period.reduce((sum, { counted }) => plus(sum, counted[letter]), NOTHING));
}

/**
 * Effect of each variant over A after each day; days in order, letters with A. `changes` are the
 * days on which the shares changed after the start.
 */
export function effectSeries(
  days: readonly CountedDay[],
  letters: readonly Letter[],
  planned: number,
  changes: readonly string[] = [],
): EffectSeries[] {
  const plan = comparisonPlan(planned, letters.length);
  const periods = periodsOf(days, changes);
  return letters.filter((letter) => letter !== "A").map((letter) => {
    let base = NOTHING, variant = NOTHING;
    let clearSince: string | null = null;
    let side = 0;
    const past: Compared[] = [];
    const seen = periods.flatMap((period) => {
      let own: Compared = { base: NOTHING, variant: NOTHING };
      const inPeriod = period.map(({ day, counted }) => {
        base = plus(base, counted.A);
        variant = plus(variant, counted[letter]);
        own = { base: plus(own.base, counted.A), variant: plus(own.variant, counted[letter]) };
        const compared = comparable([...past, own]);
        const effect = compared.length > 0 ? effectOver(compared, plan) : null;
        const now = effect && isClear(effect) ? Math.sign(effect.estimate) : 0;
        if (now !== side) clearSince = now === 0 ? null : day;
        side = now;
        return { day, base, variant, effect };
      });
      past.push(own);
      return inPeriod;
    });
    return { letter, days: seen, clearSince };
  });
}
