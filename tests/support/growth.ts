import process from "node:process";

const TRIES = 5;
/** Geometric mean of 4 (linear time) and 16 (quadratic time). */
export const LINEAR = 8;

/**
 * Ratio of processor time for a fourfold size: about 4 when linear, 16 when quadratic. The least of
 * several tries, as other work of the process only adds to it.
 */
export function growth(size: number, work: (size: number) => void): number {
  let least = Infinity;
  for (let i = 0; i < TRIES && least >= LINEAR; i++) {
    const one = cost(() => work(size)), four = cost(() => work(4 * size));
    least = Math.min(least, four / Math.max(one, 1));
  }
  return least;
}

/** Milliseconds of processor time; unlike wall time, unaffected by other programs. */
export function cost(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
