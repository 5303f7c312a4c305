/** Parts of a limit. A part whose timer is late by another part does not count, this many at most. */
const PARTS = 8;

/**
 * Calls `end` when this process has run for `ms`; returns what cancels it. Time in which it stood
 * still, as on a busy machine, does not count: it heard no answer then, also not one that came.
 */
export function startTimeLimit(ms: number, end: () => void): () => void {
  const part = ms / PARTS;
  let left = PARTS, excused = 0;
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    const since = performance.now();
    timer = setTimeout(() => {
      if (performance.now() - since > 2 * part && excused < PARTS) excused++;
      else left--;
      if (left === 0) end();
      else wait();
    }, part);
  };
  wait();
  return () => clearTimeout(timer);
}
