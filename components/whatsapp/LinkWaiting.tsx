import { useEffect } from "preact/hooks";
import { useSignal } from "@preact/signals";
import type { LinkWaitTexts } from "../../lib/locales/page/link/link_texts.ts";
import type { Language } from "../../lib/shared/languages.ts";

const LOOK_MS = 2_000;

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
    time.value = clock(Date.now() + leftMs, language);
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

  return <p class="meta">{texts.waiting.replace("{time}", time.value)}</p>;
}

/** As `clockTime()`; sharing it would make the chat page's script larger. */
function clock(at: number, language: Language): string {
  return new Date(at).toLocaleTimeString(`${language}-u-nu-latn`, {
    timeStyle: "short",
    hourCycle: "h23",
  });
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
