import type {
  Counted,
  Effect,
  EffectSeries,
  ExperimentVerdict,
  Letter,
} from "../../shared/views/experiment_view.ts";
import { shrunkRates } from "./bayes.ts";
import type { SampleRatio } from "./sample_ratio.ts";
import { comparisonPlan, effectOf, FEWEST_UNITS, isClear } from "./sequential.ts";

/** "No difference" is said only once larger ones than this are excluded. */
const LARGE_DIFFERENCE = 0.2;

/** A variant's counts. */
export interface ArmCounts {
  letter: Letter;
  /** Percent. */
  share: number;
  people: number;
  counted: Counted;
}

function byLetter(
  arms: readonly ArmCounts[],
  number: (arm: ArmCounts) => number,
): Partial<Record<Letter, number>> {
  return Object.fromEntries(arms.map((arm) => [arm.letter, number(arm)]));
}

function rateOf({ counted }: ArmCounts): number {
  return counted.good / counted.n;
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
  const [leader, ...rivals] = judged.toSorted((one, other) => rateOf(other) - rateOf(one));
  const runnerUp = rivals[0];
  if (!leader || !runnerUp || judged.some(({ counted }) => counted.n < FEWEST_UNITS)) {
    return { code: "thin", needed: FEWEST_UNITS, counts: byLetter(arms, (arm) => arm.counted.n) };
  }
  const plan = comparisonPlan(planned, arms.length);
  const effectOver = (over: ArmCounts, of = leader) => effectOf(over.counted, of.counted, plan);

  const level = rivals.find((rival) => !isClear(effectOver(rival)));
  if (!level) {
    const over = rivals.find(({ letter }) => letter === "A") ?? runnerUp;
    const shrunk = shrunkRates(judged.map(({ counted }) => counted));
    const shrunkOf = (arm: ArmCounts) => shrunk[judged.indexOf(arm)] ?? 0;
    return {
      code: "better",
      winner: leader.letter,
      over: over.letter,
      effect: effectOver(over),
      shrunk: shrunkOf(leader) - shrunkOf(over),
    };
  }
  const below = noDifference(judged, (of, over) => effectOver(over, of));
  const units = judged.reduce((sum, { counted }) => sum + counted.n, 0);
  if (units >= planned && below !== null && below <= LARGE_DIFFERENCE) {
    return { code: "no_difference", below };
  }
  return { code: "open", leader: leader.letter, over: level.letter, effect: effectOver(level) };
}

/** Largest difference of any two that their intervals allow; null when two differ clearly. */
function noDifference(
  arms: readonly ArmCounts[],
  effect: (of: ArmCounts, over: ArmCounts) => Effect,
): number | null {
  const effects = arms.flatMap((over, index) =>
    arms.slice(index + 1).map((of) => effect(of, over))
  );
  if (effects.some(isClear)) return null;
  return Math.max(...effects.map(({ low, high }) => Math.max(-low, high)));
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

/** Effect of each variant over A after each day; days in order, letters with A. */
export function effectSeries(
  days: readonly CountedDay[],
  letters: readonly Letter[],
  planned: number,
): EffectSeries[] {
  const plan = comparisonPlan(planned, letters.length);
  return letters.filter((letter) => letter !== "A").map((letter) => {
    let base: Counted = { good: 0, n: 0 };
    let variant: Counted = { good: 0, n: 0 };
    let clearSince: string | null = null;
    let side = 0;
    const seen = days.map(({ day, counted }) => {
      base = plus(base, counted.A);
      variant = plus(variant, counted[letter]);
      const enough = Math.min(base.n, variant.n) >= FEWEST_UNITS;
      const effect = enough ? effectOf(base, variant, plan) : null;
      const now = effect && isClear(effect) ? Math.sign(effect.estimate) : 0;
      if (now !== side) clearSince = now === 0 ? null : day;
      side = now;
      return { day, base, variant, effect };
    });
    return { letter, days: seen, clearSince };
  });
}
