import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { LinkWaitTexts } from "../../lib/locales/page/link_texts.ts";
import { filled } from "../ui/filled.ts";

const LOOK_MS = 2_000;
const SECOND = 1_000;

export interface LinkWaitingProps {
  texts: LinkWaitTexts;
  /** Milliseconds until the code expires. */
  leftMs: number;
}

/** Counts the code's time down and reloads the page once linked. */
export function LinkWaiting({ texts, leftMs }: LinkWaitingProps) {
  const left = useSignal(leftMs);

  useEffect(() => {
    const ends = performance.now() + leftMs;
    const count = () => {
      left.value = Math.max(0, ends - performance.now());
      if (left.value === 0) location.reload();
    };
    const counting = setInterval(count, SECOND);
    const checking = setInterval(check, LOOK_MS);
    // Returning from WhatsApp on the same phone.
    document.addEventListener("visibilitychange", check);
    return () => {
      clearInterval(counting);
      clearInterval(checking);
      document.removeEventListener("visibilitychange", check);
    };
  }, []);

  return (
    <p class="link-waiting">
      <span class="dot" aria-hidden="true" />
      {filled(texts.waiting, { time: <span role="timer">{clock(left.value)}</span> })}
    </p>
  );
}

async function check(): Promise<void> {
  if (document.hidden) return;
  try {
    const answer = await fetch("/api/link");
    const state: { linked?: unknown } = answer.ok ? await answer.json() : {};
    if (state.linked) location.reload();
  } catch {
    // Offline; the next interval tries again.
  }
}

/** `"9:05"` */
function clock(ms: number): string {
  const seconds = Math.ceil(ms / SECOND);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
