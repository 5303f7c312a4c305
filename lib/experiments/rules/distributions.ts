const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);
const PRECISION = 1e-16;
const TINY = 1e-300;

/** Coefficients of Stirling's series: B(2k) / (2k (2k − 1)). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360];

/** Natural logarithm of the gamma function, for `x` above 0. */
export function logGamma(x: number): number {
  let product = 1;
  let shifted = x;
  // Stirling's series is exact to double precision from 10 on.
  for (; shifted < 10; shifted++) product *= shifted;
  const series = STIRLING.reduceRight((sum, factor) => sum / (shifted * shifted) + factor, 0);
  return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_2PI + series / shifted -
    Math.log(product);
}

/**
 * Continued fraction b0 + a1/(b1 + a2/(b2 + …)) by Lentz's method.
 * Source: Thompson and Barnett, J. Comput. Phys. 64 (1986), 490–509.
 */
function continuedFraction(b0: number, term: (step: number) => { a: number; b: number }): number {
  let value = b0 || TINY;
  let c = value;
  let d = 0;
  for (let step = 1; step < 100_000; step++) {
    const { a, b } = term(step);
    d = 1 / (b + a * d || TINY);
    c = b + a / c || TINY;
    value *= c * d;
    if (Math.abs(c * d - 1) < 4 * PRECISION) break;
  }
  return value;
}

/** Regularised upper incomplete gamma function Q(a, x). */
function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x >= a + 1) {
    const fraction = continuedFraction(x + 1 - a, (step) => ({
      a: -step * (step - a),
      b: x + 2 * step + 1 - a,
    }));
    return scale / fraction;
  }
  let term = 1 / a;
  let sum = term;
  for (let step = 1; term > sum * PRECISION; step++) {
    term *= x / (a + step);
    sum += term;
  }
  return 1 - scale * sum;
}

/** Probability that a chi-square variable with `df` degrees of freedom exceeds `x`. */
export function chiSquareTail(x: number, df: number): number {
  return upperGamma(df / 2, x / 2);
}

/** Cumulative probability of the standard normal distribution. */
export function normalCdf(z: number): number {
  const tail = chiSquareTail(z * z, 1) / 2;
  return z < 0 ? tail : 1 - tail;
}

/** The standard normal quantile of a probability between 0 and 1. */
export function normalQuantile(probability: number): number {
  let low = -38;
  let high = 38;
  for (let step = 0; step < 64; step++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Density of the beta distribution, for `x` between 0 and 1. */
export function betaDensity(x: number, a: number, b: number): number {
  return Math.exp(
    (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b),
  );
}

/** Cumulative probability of the beta distribution. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast below the mean only; above it, the mirrored one does.
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(1 - x, b, a);
  const fraction = continuedFraction(1, (step) => {
    const m = Math.floor(step / 2);
    const n = a + 2 * m;
    const odd = -(a + m) * (a + b + m) / (n * (n + 1));
    const even = m * (b - m) / ((n - 1) * n);
    return { a: x * (step % 2 === 1 ? odd : even), b: 1 };
  });
  return betaDensity(x, a, b) * x * (1 - x) / (a * fraction);
}
