/** Time for what the runtime has taken to reach the socket, in ms, in several turns of its loop. */
const FLUSH_MS = 12;
const TURNS = 3;
/** Interval of checks whether the runtime has taken everything, and longest wait for it, in ms. */
const TAKEN_MS = 10;
const LONGEST_MS = 2_000;

/**
 * Why the server closes a connection. `Deno.serve` closes none by itself, not even after
 * `Connection: close`: a failing body is the only way.
 */
export class CutOff extends Error {
  override name = "CutOff";
}

/**
 * Fails an answer's stream after what was enqueued is sent; a failure discards the rest. A client
 * that takes nothing is not waited for. First calls `before`.
 * @param room the stream's `highWaterMark`
 */
export function cutOff(
  controller: ReadableStreamDefaultController,
  room = 1,
  before = () => {},
): void {
  const until = performance.now() + LONGEST_MS;
  const flush = (turns: number) => {
    if (turns > 0) return void setTimeout(flush, FLUSH_MS / TURNS, turns - 1);
    before();
    controller.error(new CutOff("The connection is closed"));
  };
  const wait = () => {
    const isTaken = (controller.desiredSize ?? room) >= room;
    if (isTaken || performance.now() > until) flush(TURNS);
    else setTimeout(wait, TAKEN_MS);
  };
  wait();
}
