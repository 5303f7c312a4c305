/** Upper bounds of the bins, in milliseconds; one more bin is open-ended. */
const ENDS = [
  50,
  100,
  200,
  300,
  500,
  700,
  1_000,
  1_500,
  2_000,
  3_000,
  5_000,
  8_000,
  12_000,
  20_000,
  30_000,
  60_000,
];

/**
 * Histogram of the time to first word, as counts by bin.
 * Histograms of hours, tools and days can be added. Trailing empty bins are left out.
 */
export type LatencyHistogram = readonly number[];

export function addLatency(waits: LatencyHistogram, ms: number): number[] {
  const found = ENDS.findIndex((end) => ms <= end);
  const bin = found < 0 ? ENDS.length : found;
  const length = Math.max(waits.length, bin + 1);
  return Array.from({ length }, (_, i) => (waits[i] ?? 0) + (i === bin ? 1 : 0));
}

export function mergeLatencies(a: LatencyHistogram, b: LatencyHistogram): number[] {
  const [longer, shorter] = a.length < b.length ? [b, a] : [a, b];
  const merged = longer.slice();
  for (const [bin, count] of shorter.entries()) merged[bin] = (longer[bin] ?? 0) + count;
  return merged;
}

/**
 * The wait in ms that `share` of all waits do not exceed, interpolated within its bin; null
 * for an empty histogram. For the last, open bin: its lower bound.
 */
export function latencyPercentile(waits: LatencyHistogram, share: number): number | null {
  const total = waits.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const wanted = share * total;
  let below = 0;
  for (const [bin, count] of waits.entries()) {
    if (count > 0 && below + count >= wanted) {
      const low = ENDS[bin - 1] ?? 0;
      const high = ENDS[bin] ?? low;
      return Math.round(low + (high - low) * (wanted - below) / count);
    }
    below += count;
  }
  return ENDS[ENDS.length - 1] ?? null;
}
