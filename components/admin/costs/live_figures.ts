import { morph } from "./morph.ts";

/** Polling interval, the longest one after repeated failures, and the request timeout. */
const INTERVAL_MS = 15_000;
const MAX_INTERVAL_MS = 5 * 60_000;
const TIMEOUT_MS = 10_000;

export type RefreshResult = "on" | "failing" | "signed-out";

export interface FiguresSubscription {
  pause(on: boolean): void;
  end(): void;
}

/** Polls and updates the figures while the page is visible; ends with the session. */
export function followFigures(
  onRefresh: (result: RefreshResult, figures: HTMLElement | null) => void,
): FiguresSubscription {
  const listening = new AbortController();
  const { signal } = listening;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let refreshedAt = Date.now();
  let failures = 0;
  let paused = false;
  let refreshing = false;

  function plan(): void {
    clearTimeout(timer);
    if (paused || refreshing || document.hidden || signal.aborted) return;
    timer = setTimeout(poll, Math.max(0, refreshedAt + waitAfter(failures) - Date.now()));
  }

  async function poll(): Promise<void> {
    refreshing = true;
    const state = await refresh(signal);
    refreshing = false;
    if (signal.aborted) return;
    refreshedAt = Date.now();
    failures = state === "failing" ? failures + 1 : 0;
    onRefresh(state, document.getElementById("figures"));
    if (state === "signed-out") listening.abort();
    plan();
  }

  document.addEventListener("visibilitychange", plan, { signal });
  plan();
  return {
    pause(on) {
      paused = on;
      plan();
    },
    end() {
      clearTimeout(timer);
      listening.abort();
    },
  };
}

/** Exponential backoff. */
function waitAfter(failures: number): number {
  return Math.min(MAX_INTERVAL_MS, INTERVAL_MS * 2 ** failures);
}

async function refresh(signal: AbortSignal): Promise<RefreshResult> {
  try {
    const answer = await fetch("/admin/figures", {
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    // Signed-out requests are always redirected to the login.
    if (answer.type === "opaqueredirect") return "signed-out";
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    const figures = document.getElementById("figures"), wanted = read.getElementById("figures");
    if (!answer.ok || !figures || !wanted) return "failing";
    morph(figures, wanted);
    return "on";
  } catch {
    return "failing";
  }
}
