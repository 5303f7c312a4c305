import type { Log } from "../../platform/log.ts";
import { CutOff } from "./cut_off.ts";

/** Pause before listening again, in ms. */
const PAUSE_MS = 200;
/** How long it may fail in a row before the process ends, to be restarted, in ms. */
const PATIENCE_MS = 30_000;
/** A listener that lasts this long counts as recovered, in ms. */
const STEADY_MS = 3_000;

type Handler = (request: Request, info: Deno.ServeHandlerInfo<Deno.NetAddr>) => Promise<Response>;

export interface ListenerOptions {
  hostname: string;
  port: number;
  log: Log;
  /** Called once, when the first listener is up. */
  onListen: (at: Deno.NetAddr) => void;
  /** Closes the listener; requests under way go on, idle connections end. */
  closing: AbortSignal;
}

/**
 * Serves until `closing`, else for the life of the process. `Deno.serve` stops accepting at the first failure of
 * accept(2), such as a lack of file descriptors (EMFILE), while open connections go on: this
 * listens on the same port again.
 * @throws when the first listener cannot be opened, or no further one for half a minute.
 */
export async function serveForever(handler: Handler, options: ListenerOptions): Promise<void> {
  const { hostname, log, closing } = options;
  let { port, onListen } = options;
  let upAt: number | null = null;
  let failing = false;
  for (;; await new Promise((done) => setTimeout(done, PAUSE_MS))) {
    let server: Deno.HttpServer<Deno.NetAddr>;
    try {
      server = Deno.serve({
        hostname,
        port,
        automaticCompression: true,
        onListen,
        onError: (error) => bodyFailed(error, log),
      }, handler);
    } catch (error) {
      if (upAt === null || performance.now() - upAt > PATIENCE_MS) throw error;
      continue;
    }
    const close = () => void server.shutdown();
    closing.addEventListener("abort", close);
    // A random free port must stay the same.
    port = server.addr.port;
    onListen = () => {};
    const steady = setTimeout(() => {
      if (failing) log("warn", "Accepting connections again", { port });
      failing = false;
    }, STEADY_MS);
    try {
      return await server.finished;
    } catch (error) {
      clearTimeout(steady);
      closing.removeEventListener("abort", close);
      if (closing.aborted) return;
      upAt = performance.now();
      // Logged once for all attempts in a row.
      if (!failing) {
        log("error", "Cannot accept connections; trying again", { error: messageOf(error) });
      }
      failing = true;
    }
  }
}

/** Logs an answer whose body failed. */
function bodyFailed(error: unknown, log: Log): Response {
  if (!(error instanceof CutOff)) {
    log("error", "An answer's body failed", { error: messageOf(error) });
  }
  return new Response("Internal server error", { status: 500 });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : typeof error;
}
