import type { Counted } from "@/lib/shared/views/experiment_view.ts";

/*
 * Other ways to the figures of lib/experiments/rules, to compare them with: numerical integration,
 * direct sums and bisection, without a function of the program.
 */

/** Integral by adaptive Simpson's rule, after a first division into `parts`. */
export function integral(
  f: (x: number) => number,
  from: number,
  to: number,
  { tolerance = 1e-12, parts = 16 } = {},
): number {
  const simpson = (width: number, a: number, m: number, b: number) => width / 6 * (a + 4 * m + b);
  const refine = (
    a: number,
    b: number,
    fa: number,
    fm: number,
    fb: number,
    whole: number,
    allowed: number,
    depth: number,
  ): number => {
    const m = (a + b) / 2;
    const fl = f((a + m) / 2), fr = f((m + b) / 2);
    const left = simpson(m - a, fa, fl, fm), right = simpson(b - m, fm, fr, fb);
    const error = left + right - whole;
    if (depth === 0 || Math.abs(error) <= 15 * allowed) return left + right + error / 15;
    return refine(a, m, fa, fl, fm, left, allowed / 2, depth - 1) +
      refine(m, b, fm, fr, fb, right, allowed / 2, depth - 1);
  };
  let sum = 0;
  const step = (to - from) / parts;
  for (let part = 0; part < parts; part++) {
    const a = from + part * step, b = a + step;
    const fa = f(a), fm = f((a + b) / 2), fb = f(b);
    sum += refine(a, b, fa, fm, fb, simpson(step, fa, fm, fb), tolerance / parts, 40);
  }
  return sum;
}

/** Where a rising `f` reaches 0 between `low` and `high`. */
export function rootOf(f: (x: number) => number, low: number, high: number): number {
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const LOG_FACTORIALS = [0];

/** Natural logarithm of n!, by adding up. */
export function logFactorial(n: number): number {
  for (let next = LOG_FACTORIALS.length; next <= n; next++) {
    LOG_FACTORIALS.push((LOG_FACTORIALS[next - 1] ?? 0) + Math.log(next));
  }
  return LOG_FACTORIALS[n] ?? NaN;
}

/** Chance of exactly `k` of `n`, by factorials. */
export function binomialChance(k: number, n: number, share: number): number {
  return Math.exp(
    logFactorial(n) - logFactorial(k) - logFactorial(n - k) + k * Math.log(share) +
      (n - k) * Math.log1p(-share),
  );
}

/** Logarithm of the beta function of whole numbers. */
export function logBeta(a: number, b: number): number {
  return logFactorial(a - 1) + logFactorial(b - 1) - logFactorial(a + b - 1);
}

/**
 * Chance that Beta(c, d) exceeds Beta(a, b), whole numbers, as a sum.
 * Source: E. Miller, https://www.evanmiller.org/bayesian-ab-testing.html
 */
export function chanceAbove(a: number, b: number, c: number, d: number): number {
  let sum = 0;
  for (let i = 0; i < c; i++) {
    sum += Math.exp(logBeta(a + i, b + d) - Math.log(d + i) - logBeta(1 + i, d) - logBeta(a, b));
  }
  return sum;
}

/** z and two-sided p of two rates with pooled variance: the test of one look at a fixed time. */
export function pooledZ(base: Counted, variant: Counted): { z: number; p: number } {
  const n = base.n + variant.n, pooled = (base.good + variant.good) / n;
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / base.n + 1 / variant.n));
  const z = (variant.good / variant.n - base.good / base.n) / error;
  const density = (x: number) => Math.exp(-x * x / 2) * Math.sqrt(2 / Math.PI);
  return { z, p: integral(density, Math.abs(z), Math.abs(z) + 12) };
}

/** Random numbers of experiments, the same for the same source of numbers in [0, 1). */
export function drawsFrom(random: () => number) {
  const cumulated = new Map<string, number[]>();
  const tableOf = (n: number, share: number): number[] => {
    const key = `${n} ${share}`;
    let table = cumulated.get(key);
    if (!table) {
      let sum = 0;
      table = Array.from({ length: n + 1 }, (_, k) => sum += binomialChance(k, n, share));
      cumulated.set(key, table);
    }
    return table;
  };
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  return {
    random,
    whole,
    /** Successes of `n` trials, by the inverse of the cumulated distribution. */
    binomial: (n: number, share: number): number => {
      const table = tableOf(n, share);
      const at = random();
      let low = 0, high = n;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((table[middle] ?? 1) > at) high = middle;
        else low = middle + 1;
      }
      return low;
    },
    /** Counts of up to `most` units, small and large ones alike; rates of 0 and 1 among them. */
    counted: (least: number, most: number): Counted => {
      const n = Math.round(Math.exp(Math.log(least) + random() * Math.log(most / least)));
      const rate = random() * 1.1 - 0.05;
      return { good: Math.round(Math.min(1, Math.max(0, rate)) * n), n };
    },
  };
}
