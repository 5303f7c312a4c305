import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { LinkWaitTexts } from "../../lib/locales/page/link_texts.ts";
import type { Language } from "../../lib/shared/languages.ts";
import { filled } from "../ui/filled.ts";

const LOOK_MS = 2_000;
const CLOCK = { timeStyle: "short", hourCycle: "h23" } as const;

export interface LinkWaitingProps {
  texts: LinkWaitTexts;
  /** Milliseconds until the code expires. */
  leftMs: number;
  /** The time when it expires, in the organisation's zone. */
  until: string;
  language: Language;
}

/** Tells until when the code is valid, and reloads the page once linked or over. */
export function LinkWaiting({ texts, leftMs, until, language }: LinkWaitingProps) {
  const time = useSignal(until);

  useEffect(() => {
    // In the reader's own zone.
    time.value = new Date(Date.now() + leftMs).toLocaleTimeString(language, CLOCK);
    const ending = setTimeout(() => location.reload(), leftMs);
    const checking = setInterval(check, LOOK_MS);
    // Returning from WhatsApp on the same phone.
    document.addEventListener("visibilitychange", check);
    return () => {
      clearTimeout(ending);
      clearInterval(checking);
      document.removeEventListener("visibilitychange", check);
    };
  }, []);

  return <p class="meta">{filled(texts.waiting, { time: time.value })}</p>;
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
