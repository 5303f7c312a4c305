/** 95% of a normal distribution lie within this many standard deviations of the mean. */
const Z = 1.959964;

/**
 * Wilson score interval of a share at 95% confidence, given `hits` of `all`.
 * Reliable for small numbers, and within 0 and 1. Null when `all` is 0.
 * Formula: E. B. Wilson, JASA 22 (1927), 209–212, https://doi.org/10.1080/01621459.1927.10502953
 */
export function wilsonInterval(hits: number, all: number): { low: number; high: number } | null {
  if (all === 0) return null;
  const share = hits / all;
  const z2 = Z * Z;
  const centre = share + z2 / (2 * all);
  const spread = Z * Math.sqrt((share * (1 - share) + z2 / (4 * all)) / all);
  const scale = 1 + z2 / all;
  return {
    low: Math.max(0, (centre - spread) / scale),
    high: Math.min(1, (centre + spread) / scale),
  };
}
