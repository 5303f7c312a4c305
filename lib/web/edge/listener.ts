import type { Log } from "../../platform/log.ts";
import { CutOff } from "./cut_off.ts";

/** How long to wait before listening again. */
const PAUSE_MS = 200;
/** How long it may fail in a row before the process gives up, for a supervisor to start it anew. */
const PATIENCE_MS = 30_000;
/** A listener that lasts as long is well again. */
const STEADY_MS = 3_000;

type Handler = (request: Request, info: Deno.ServeHandlerInfo<Deno.NetAddr>) => Promise<Response>;

export interface ListenerOptions {
  hostname: string;
  port: number;
  log: Log;
  /** Called once, when the first listener is up. */
  onListen: (at: Deno.NetAddr) => void;
}

/**
 * Serves for as long as the process lives. `Deno.serve` stops accepting for good at
 * the first failure of accept(2), such as a lack of file descriptors (EMFILE), while
 * open connections go on: here it then listens on the same port again.
 * @throws when the first listener cannot be opened, or no other one for half a minute.
 */
export async function serveForever(handler: Handler, options: ListenerOptions): Promise<void> {
  const { hostname, log } = options;
  let { port, onListen } = options;
  let upAt: number | null = null;
  let deaf = false;
  for (;; await new Promise((done) => setTimeout(done, PAUSE_MS))) {
    let server: Deno.HttpServer<Deno.NetAddr>;
    try {
      server = Deno.serve({
        hostname,
        port,
        automaticCompression: true,
        onListen,
        onError: (error) => brokenOff(error, log),
      }, handler);
    } catch (error) {
      if (upAt === null || performance.now() - upAt > PATIENCE_MS) throw error;
      continue;
    }
    // Asked for any free port, the process must keep the one that it got.
    port = server.addr.port;
    onListen = () => {};
    const steady = setTimeout(() => {
      if (deaf) log("warn", "Accepting connections again", { port });
      deaf = false;
    }, STEADY_MS);
    try {
      return await server.finished;
    } catch (error) {
      clearTimeout(steady);
      upAt = performance.now();
      // Once for all the tries that follow while there are no descriptors.
      if (!deaf) log("error", "Cannot accept connections; trying again", { error: said(error) });
      deaf = true;
    }
  }
}

/** What became of an answer whose body broke off. */
function brokenOff(error: unknown, log: Log): Response {
  if (!(error instanceof CutOff)) {
    log("error", "An answer broke off", { error: said(error) });
  }
  return new Response("Internal server error", { status: 500 });
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : typeof error;
}
