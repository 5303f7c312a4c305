/**
 * Waits until no work is under way, `ms` at most: work that begins meanwhile counts as well.
 * @param underWay what is under way now; each ends, by success or failure
 */
export async function whenEmpty(
  underWay: () => readonly Promise<unknown>[],
  ms: number,
): Promise<void> {
  let late = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<void>((done) =>
    timer = setTimeout(() => {
      late = true;
      done();
    }, ms)
  );
  for (let work = underWay(); !late && work.length > 0; work = underWay()) {
    await Promise.race([Promise.allSettled(work), limit]);
    // What ended takes itself out of the list in a later microtask.
    await new Promise((done) => setTimeout(done));
  }
  clearTimeout(timer);
}
