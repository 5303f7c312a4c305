import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type FiguresSubscription, followFigures, type RefreshResult } from "./live_figures.ts";

type Liveness = RefreshResult | "paused";

/** Shortest interval between spoken updates; alerts are spoken at once. */
const SAY_MS = 5 * 60_000;

/** Shows the age of the figures; a button pauses the updates. */
export function LiveNote() {
  const state = useSignal<Liveness | null>(null);
  const time = useSignal("");
  const said = useSignal("");
  const following = useRef<FiguresSubscription>();

  useEffect(() => {
    let saidAt = Date.now();
    let alerts = Number(document.getElementById("figures")?.dataset.alerts);
    state.value = "on";
    time.value = clockTime();
    following.current = followFigures((now, figures) => {
      if (state.value === "paused" && now !== "signed-out") return;
      state.value = now;
      if (now === "failing") return;
      if (now === "signed-out") return void (said.value = "Your session has ended.");
      time.value = clockTime();
      const today = document.getElementById("today");
      if (today) today.textContent = figures?.dataset.today ?? "";
      const raised = Number(figures?.dataset.alerts);
      if (raised > alerts) {
        said.value = figures?.dataset.alert ?? "";
      } else if (Date.now() - saidAt >= SAY_MS) {
        said.value = figures?.dataset.said ?? "";
        saidAt = Date.now();
      }
      alerts = raised;
    });
    return () => following.current?.end();
  }, []);

  function togglePause(): void {
    const paused = state.value !== "paused";
    following.current?.pause(paused);
    state.value = paused ? "paused" : "on";
  }

  if (state.value === null) return null;
  return (
    <>
      <p class="meta">
        <span class={`dot ${state.value}`} aria-hidden="true" />
        {sentence(state.value, time.value)}
      </p>
      {state.value === "signed-out"
        ? <a href="/admin/login">Sign in again</a>
        : (
          <button type="button" class="btn quiet" onClick={togglePause}>
            {state.value === "paused" ? "Go on" : "Pause"}
          </button>
        )}
      <p class="sr" role="status">{said.value}</p>
    </>
  );
}

function sentence(state: Liveness, time: string): string {
  switch (state) {
    case "on":
      return `Live, updated at ${time}`;
    case "paused":
      return `Paused at ${time}`;
    case "failing":
      return `No connection, figures of ${time}`;
    case "signed-out":
      return `Your session has ended, figures of ${time}`;
  }
}

function clockTime(): string {
  return new Date().toLocaleTimeString([], {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}
