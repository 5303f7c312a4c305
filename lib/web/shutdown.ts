import type { Services } from "../service_types.ts";
import { lastPieces } from "./edge/stream.ts";

/** Time for running replies, in ms: the host kills five seconds after its signal. */
const GRACE_MS = 3_800;
/**
 * Time limit after each signal, in ms: Deno Deploy sends SIGINT and kills five seconds later,
 * systemd and containers should allow ten.
 */
const END_MS = { SIGINT: 4_800, SIGTERM: 9_500 };

/** Time in which load balancers see that this server leaves, and still reach it, in ms. */
const NOTICE_MS = 2_000;

/** One Ctrl-C arrives twice: from the terminal, and through `deno task`. */
const SAME_SIGNAL_MS = 500;

/**
 * Shuts down on SIGTERM and SIGINT: refuses new turns, gives running ones some time, and settles
 * the rest as partial. Turns left at the limit are settled by the next process. A second signal
 * ends the process at once.
 *
 * With DRAIN_SECONDS, SIGTERM first hands over to another server: health fails, two seconds later
 * the listener closes, and replies under way get that time.
 * @returns a signal for the listener to close: requests under way go on
 */
export function onShutdown(services: Services): AbortSignal {
  const { log, config: { DRAIN_SECONDS } } = services.deps;
  const listening = new AbortController();
  let askedAt: number | null = null;
  const handOver = async (ms: number) => {
    log("info", "Handing over", { seconds: ms / 1_000 });
    const finished = services.handOver(ms);
    await new Promise((done) => setTimeout(done, NOTICE_MS));
    listening.abort();
    await finished;
  };
  const end = async (signal: keyof typeof END_MS) => {
    if (askedAt !== null) {
      if (performance.now() - askedAt > SAME_SIGNAL_MS) Deno.exit(1);
      return;
    }
    askedAt = performance.now();
    const drainMs = signal === "SIGTERM" ? (DRAIN_SECONDS ?? 0) * 1_000 : 0;
    log("info", "Shutting down");
    setTimeout(() => {
      log("error", "Shut down before all was done: the next start settles the rest");
      exitSoon(1);
    }, drainMs + END_MS[signal]);
    try {
      if (drainMs > 0) await handOver(drainMs);
      await services.close(GRACE_MS);
      await lastPieces();
      log("info", "Shut down");
    } catch (error) {
      log("error", "Shut down with an error", {
        error: error instanceof Error ? error.message : typeof error,
      });
    }
    exitSoon(0);
  };
  // A fault in one turn must not end all others: it is logged, and the process goes on.
  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    log("error", "Unhandled fault", {
      error: String(event.reason?.stack ?? event.reason),
    });
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    log("error", "Unhandled fault", {
      error: String(event.error?.stack ?? event.message),
    });
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    Deno.addSignalListener(signal, () => void end(signal));
  }
  return listening.signal;
}

/** Exits once the last log lines are written. */
function exitSoon(code: number): void {
  setTimeout(() => Deno.exit(code), 20);
}
