import process from "node:process";

const TRIES = 5;
/** Halfway, in powers, between 4 (time in proportion to the size) and 16 (to its square). */
export const LINEAR = 8;

/**
 * How many times as long four times as much takes, in processor time: about 4
 * where time is in proportion to the size, 16 where to its square. The least
 * of some tries, for whatever else the process does only adds to it.
 */
export function growth(size: number, work: (size: number) => void): number {
  let least = Infinity;
  for (let i = 0; i < TRIES && least >= LINEAR; i++) {
    const one = cost(() => work(size)), four = cost(() => work(4 * size));
    least = Math.min(least, four / Math.max(one, 1));
  }
  return least;
}

/** Milliseconds of processor time: unlike the clock's, they do not grow while other programs run. */
export function cost(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
