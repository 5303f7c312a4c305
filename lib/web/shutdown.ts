import type { Services } from "../services.ts";

/** The host kills five seconds after its signal: replies get four, the rest is for settling. */
const GRACE_MS = 3_800;
/**
 * When the process ends whatever is not done, after each signal: Deno Deploy sends
 * SIGINT and kills five seconds later, systemd and containers are to give ten.
 */
const END_MS = { SIGINT: 4_800, SIGTERM: 9_500 };

/** One Ctrl-C comes twice: from the terminal, and from `deno task`, which hands it on. */
const SAME_SIGNAL_MS = 500;

/**
 * Ends well on SIGTERM and SIGINT: new turns are refused, those under way get
 * some time, the rest is settled as partial. What is not settled by the end, the
 * next process settles. Asked a second time it ends at once.
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
  // A fault in one turn must not end everybody else's: it is noted, and the process goes on.
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

/** Ends once the last lines of the log are out. */
function exitSoon(code: number): void {
  setTimeout(() => Deno.exit(code), 20);
}
