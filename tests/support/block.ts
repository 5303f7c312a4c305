/** Stops this thread, as a busy machine does: no timer fires, and no answer is heard. */
export function blockFor(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
