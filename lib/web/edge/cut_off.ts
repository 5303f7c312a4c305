/** How long what was written before has to reach the socket. */
const FLUSH_MS = 10;

/**
 * Why a connection is closed that the server is done with. `Deno.serve` closes none by
 * itself, not even after `Connection: close`: a body that fails is the one way to it.
 */
export class CutOff extends Error {
  override name = "CutOff";
}

/** Fails an answer's stream, once what is in it had time to go out. */
export function cutOff(controller: ReadableStreamDefaultController): void {
  setTimeout(() => controller.error(new CutOff("The connection is closed")), FLUSH_MS);
}
