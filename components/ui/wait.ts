import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { announcement, refusal, usedUp } from "../../lib/shared/chat_session.ts";
import type { ComposerTexts } from "../../lib/locales/page/chat/chat_texts.ts";
import type { RefusalView } from "../../lib/shared/views/chat_view.ts";

/** Text of a refusal: reason, and when sending is possible again. */
export interface Wait {
  /** Empty until the text of the time is there. */
  lead: string;
  again: string;
  /** Whether nothing can be sent until then. */
  waits: boolean;
}

/** Text of a refusal with a countdown; clears the refusal when the time is over. */
export function useWait(texts: ComposerTexts, refused: RefusalView | null): Wait {
  const again = useSignal(refused?.again ?? "");
  useLayoutEffect(() => {
    if (!refused || !usesUp(refused)) usedUp.value = null;
    again.value = refused?.again ?? "";
    if (!refused?.seconds) return;
    const until = Date.now() + refused.seconds * 1000;
    const over = () => {
      refusal.value = null;
      announcement.value = texts.canSend;
    };
    let tick = () => {
      if (Date.now() >= until) over();
    };
    const timer = setInterval(() => tick(), 1000);
    // Loaded on its first use, to keep the page's script small.
    import("../../lib/shared/send_again.ts").then(({ sendAgain }) => {
      tick = () => {
        const now = Date.now();
        if (now >= until) return over();
        const opens = refused.kind === "over-budget";
        again.value = sendAgain(texts.sendAgain, until, now, opens);
        if (usesUp(refused)) usedUp.value = `${leadOf(refused)} ${again}`;
      };
      if (refusal.peek() === refused) tick();
    }).catch(() => again.value ||= " ");
    return () => clearInterval(timer);
  }, [refused]);
  const waits = Boolean(refused?.seconds);
  return {
    lead: refused && (!waits || again.value) ? leadOf(refused) || defaultLead(texts, refused) : "",
    again: waits ? again.value : "",
    waits,
  };
}

/** The reason alone: the next sentence has the time as of the response, in the server's zone. */
export function leadOf({ detail, seconds }: RefusalView): string {
  return seconds ? detail.replace(/([.।]) .*/, "$1") : detail;
}

/** Reason for a refusal without a text from the server. */
function defaultLead({ unreachable, notSent }: ComposerTexts, { kind }: RefusalView): string {
  return kind === "" ? unreachable : notSent;
}

/** True when a ceiling or share is used up. */
export function usesUp({ kind, retryable, seconds }: RefusalView): boolean {
  return kind.startsWith("over") && !retryable && seconds !== null;
}
