import { morph } from "./morph.ts";

/** How often the figures are asked for, and how rarely when that fails again and again. */
const EVERY_MS = 15_000;
const RAREST_MS = 5 * 60_000;
const LONGEST_MS = 10_000;

/** What came of asking for them. */
export type Looked = "on" | "failing" | "signed-out";

export interface FiguresSubscription {
  pause(on: boolean): void;
  end(): void;
}

/**
 * Keeps the figures on the page up to date, as long as somebody can see them.
 * Ends by itself when the session has ended.
 */
export function followFigures(
  onLook: (looked: Looked, figures: HTMLElement | null) => void,
): FiguresSubscription {
  const listening = new AbortController();
  const { signal } = listening;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looked = Date.now();
  let failures = 0;
  let paused = false;
  let looking = false;

  function plan(): void {
    clearTimeout(timer);
    if (paused || looking || document.hidden || signal.aborted) return;
    timer = setTimeout(look, Math.max(0, looked + waitAfter(failures) - Date.now()));
  }

  async function look(): Promise<void> {
    looking = true;
    const state = await refresh(signal);
    looking = false;
    if (signal.aborted) return;
    looked = Date.now();
    failures = state === "failing" ? failures + 1 : 0;
    onLook(state, document.getElementById("figures"));
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

/** Twice as long after each failure; each page began at a time of its own. */
function waitAfter(failures: number): number {
  return Math.min(RAREST_MS, EVERY_MS * 2 ** failures);
}

async function refresh(signal: AbortSignal): Promise<Looked> {
  try {
    const answer = await fetch("/admin/figures", {
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
    });
    // To who is signed out the area says one thing: the way to the login.
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
