import { effect } from "@preact/signals";
import { readsAloud } from "./voice_choices.ts";
import type { VoicePage } from "./voice_session.ts";

/**
 * Reads the answer to a spoken question aloud, if the person chose so.
 * @returns to be called when a spoken question is sent
 */
export function answerAloud({ chat }: Pick<VoicePage, "chat">): () => void {
  /** The latest turn when a spoken question was sent. */
  let before: string | undefined;
  let asked = false;
  let answering = "";
  effect(() => {
    const { pending = null, turns = [] } = chat.value ?? {};
    const last = turns.at(-1);
    if (asked && pending === null) {
      asked = false;
      // Without a turn of its own it was refused, or waits for the network.
      if (last && last.turnId !== before) answering = last.turnId;
    }
    if (last?.turnId !== answering || last.phase.name === "running") return;
    answering = "";
    const { phase } = last;
    if (phase.name === "done" && phase.reason !== "stopped") press(phase.seq);
  });
  return () => {
    before = chat.peek()?.turns.at(-1)?.turnId;
    asked = readsAloud();
  };
}

/** Presses the reply's own button, which loads the reader; the reply is drawn a moment later. */
function press(seq: number): void {
  setTimeout(() => {
    if (!document.documentElement.classList.contains("aloud")) return;
    document.querySelector<HTMLElement>(`#m${seq} [data-aloud]`)?.click();
  }, 50);
}
