/** Time for earlier writes to reach the socket, in ms. */
const FLUSH_MS = 10;

/**
 * Why the server closes a connection. `Deno.serve` closes none by itself, not even after
 * `Connection: close`: a failing body is the only way.
 */
export class CutOff extends Error {
  override name = "CutOff";
}

/** Fails an answer's stream after its buffered data had time to be sent. */
export function cutOff(controller: ReadableStreamDefaultController): void {
  setTimeout(() => controller.error(new CutOff("The connection is closed")), FLUSH_MS);
}
