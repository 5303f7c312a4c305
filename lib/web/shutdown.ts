import type { Services } from "../services.ts";

/** Time for running replies, in ms: the host kills five seconds after its signal. */
const GRACE_MS = 3_800;
/**
 * Time limit after each signal, in ms: Deno Deploy sends SIGINT and kills five seconds later,
 * systemd and containers should allow ten.
 */
const END_MS = { SIGINT: 4_800, SIGTERM: 9_500 };

/** One Ctrl-C arrives twice: from the terminal, and through `deno task`. */
const SAME_SIGNAL_MS = 500;

/**
 * Shuts down on SIGTERM and SIGINT: refuses new turns, gives running ones some time, and settles
 * the rest as partial. Turns left at the limit are settled by the next process. A second signal
 * ends the process at once.
 */
export function onShutdown(services: Services): void {
  let askedAt: number | null = null;
  const end = async (signal: keyof typeof END_MS) => {
    if (askedAt !== null) {
      if (performance.now() - askedAt > SAME_SIGNAL_MS) Deno.exit(1);
      return;
    }
    askedAt = performance.now();
    const { log } = services.deps;
    log("info", "Shutting down");
    setTimeout(() => {
      log("error", "Shut down before all was done: the next start settles the rest");
      exitSoon(1);
    }, END_MS[signal]);
    try {
      await services.close(GRACE_MS);
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
    services.deps.log("error", "Unhandled fault", {
      error: String(event.reason?.stack ?? event.reason),
    });
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    services.deps.log("error", "Unhandled fault", {
      error: String(event.error?.stack ?? event.message),
    });
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    Deno.addSignalListener(signal, () => void end(signal));
  }
}

/** Exits once the last log lines are written. */
function exitSoon(code: number): void {
  setTimeout(() => Deno.exit(code), 20);
}
