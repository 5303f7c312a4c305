/** Values of the grid lines: at most five round numbers, the last at least `most`. */
export function ticksTo(most: number): number[] {
  if (!(most > 0)) return [0];
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((each) => each * power >= rough * (1 - 1e-9)) ?? 10;
  const step = factor * power;
  const steps = Math.ceil(most / step - 1e-9);
  return Array.from({ length: steps + 1 }, (_, i) => i * step);
}

/** Label interval in bars, for at most four labels: more would touch on phones. */
export function namedEvery(bars: number): number {
  return Math.max(1, Math.ceil(bars / 4));
}
