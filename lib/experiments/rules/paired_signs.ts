import { ALPHA } from "./sequential.ts";

export interface SignTest {
  /** Two-sided and exact; null without a difference. */
  p: number | null;
  /** Whether chance alone gives this less than once in 20 times. */
  clear: boolean;
  /** Fewest wins that are clear among as many that differ; null when all would not be enough. */
  clearFrom: number | null;
}

/** Chance of at least `wins` heads, or as many tails, in `n` tosses of a coin. */
function twoSided(wins: number, n: number): number {
  let term = 0.5 ** n;
  let sum = 0;
  for (let heads = 0; heads <= n - wins; heads++) {
    sum += term;
    term *= (n - heads) / (heads + 1);
  }
  return Math.min(1, 2 * sum);
}

/** Sign test of pairs in which one side won; pairs that are the same do not count. */
export function signTest(wins: number, losses: number): SignTest {
  const n = wins + losses;
  if (n === 0) return { p: null, clear: false, clearFrom: null };
  const p = twoSided(Math.max(wins, losses), n);
  let clearFrom = n + 1;
  while (clearFrom > n / 2 && twoSided(clearFrom - 1, n) < ALPHA) clearFrom--;
  return { p, clear: p < ALPHA, clearFrom: clearFrom > n ? null : clearFrom };
}
