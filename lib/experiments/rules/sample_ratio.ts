import { betaCdf, chiSquareTail } from "./distributions.ts";

/** How well the counts of people fit the shares that were planned. */
export interface SampleRatio {
  chiSquare: number;
  p: number;
  /** False when chance alone gives such a split less than once in 1,000 experiments. */
  fair: boolean;
}

const ALARM = 0.001;

/** The chi-square distribution is close enough from this many expected people in each variant. */
const FEWEST_EXPECTED = 5;

/** Chance of a count at least as far out as `count`, on either side, in `n` draws. */
function binomialTails(count: number, n: number, share: number): number {
  const atMost = 1 - betaCdf(share, count + 1, n - count);
  const atLeast = count === 0 ? 1 : betaCdf(share, count, n - count + 1);
  return Math.min(1, 2 * Math.min(count === n ? 1 : atMost, atLeast));
}

/**
 * Sample ratio check. Shares in any unit; a variant with a share of 0 is left out.
 * With very few people expected in a variant, p is the exact one of each variant, corrected.
 */
export function sampleRatio(counts: readonly number[], shares: readonly number[]): SampleRatio {
  const arms = shares.map((share, index) => ({ share, count: counts[index] ?? 0 }))
    .filter(({ share }) => share > 0);
  const n = arms.reduce((sum, { count }) => sum + count, 0);
  if (n === 0 || arms.length < 2) return { chiSquare: 0, p: 1, fair: true };
  const whole = arms.reduce((sum, { share }) => sum + share, 0);
  const expected = arms.map(({ share, count }) => ({ count, people: n * share / whole }));
  const chiSquare = expected.reduce(
    (sum, { count, people }) => sum + (count - people) ** 2 / people,
    0,
  );
  const few = expected.some(({ people }) => people < FEWEST_EXPECTED);
  const exact = () =>
    Math.min(
      1,
      arms.length *
        Math.min(...arms.map(({ count, share }) => binomialTails(count, n, share / whole))),
    );
  const p = few ? exact() : chiSquareTail(chiSquare, arms.length - 1);
  return { chiSquare, p, fair: p >= ALARM };
}

/** New people of a day by variant. */
export interface SplitDay {
  people: readonly number[];
  /** Shares in force; null when they changed within the day, which then tells nothing. */
  shares: readonly number[] | null;
}

/** Sample ratio check over days with different shares: each day's people by that day's shares. */
export function ratioOverDays(days: readonly SplitDay[]): SampleRatio {
  const counts: number[] = [];
  const expected: number[] = [];
  for (const { people, shares } of days) {
    const whole = shares?.reduce((sum, share) => sum + share, 0) ?? 0;
    if (shares === null || whole === 0) continue;
    const all = shares.reduce((sum, share, index) => sum + (share > 0 ? people[index] ?? 0 : 0), 0);
    shares.forEach((share, index) => {
      counts[index] = (counts[index] ?? 0) + (share > 0 ? people[index] ?? 0 : 0);
      expected[index] = (expected[index] ?? 0) + all * share / whole;
    });
  }
  return sampleRatio(counts, expected);
}
