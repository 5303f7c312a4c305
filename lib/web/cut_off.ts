const encoder = new TextEncoder();
/** How long what was written before has to reach the socket. */
const FLUSH_MS = 50;

/**
 * Ends a connection that the server is done with. `Deno.serve` closes none by itself,
 * not even after `Connection: close`; a body that fails is the one way to close it.
 */
export class CutOff extends Error {
  override name = "CutOff";
}

/** Fails a stream, once what is in it had time to go out. */
export function cutOff(controller: ReadableStreamDefaultController): void {
  setTimeout(() => controller.error(new CutOff("The connection is closed")), FLUSH_MS);
}

/** An answer after which the connection is closed, whatever the client still sends. */
export async function withCutOff(response: Response): Promise<Response> {
  const text = await response.text();
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(text));
      cutOff(controller);
    },
  });
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(body, { status: response.status, headers });
}
