import process from "node:process";

const TRIES = 12;
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

/**
 * Milliseconds that some work takes at most. The process's processor time has that of tests in
 * other threads, the elapsed time that of other programs: neither is less than the work's own.
 */
export function cost(work: () => void): number {
  const before = process.cpuUsage(), start = performance.now();
  work();
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return Math.min(elapsed, (user + system) / 1_000);
}
