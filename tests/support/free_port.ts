/**
 * Below the range from which Linux and macOS take ports of outgoing connections: one of those would
 * keep a server from coming back to its port.
 */
const FIRST = 20_000;
const PORTS = 12_000;

/** A free local port for a server that is started later, or again. */
export function freePort(): number {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * PORTS);
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
}
