import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { announcement, refusal, usedUp } from "../../lib/shared/chat_session.ts";
import type { ComposerTexts } from "../../lib/locales/page/chat_texts.ts";
import type { RefusalView } from "../../lib/shared/views/chat_view.ts";
import { sendAgain } from "../../lib/shared/send_again.ts";

/** Text of a refusal: reason, and when sending is possible again. */
export interface Wait {
  lead: string;
  again: string;
}

/** Text of a refusal with a countdown; clears the refusal when the time is over. */
export function useWait(texts: ComposerTexts, refused: RefusalView | null): Wait {
  const again = useSignal(refused?.again ?? "");
  useLayoutEffect(() => {
    usedUp.value = null;
    if (!refused?.seconds) return;
    const until = Date.now() + refused.seconds * 1000;
    const over = usesUp(refused);
    const tick = () => {
      const now = Date.now();
      if (now < until) {
        again.value = sendAgain(texts.sendAgain, until, now, refused.kind === "over-budget");
        if (over) usedUp.value = `${leadOf(refused)} ${again}`;
      } else {
        refusal.value = null;
        announcement.value = texts.canSend;
      }
    };
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [refused]);
  return {
    lead: refused ? leadOf(refused) || defaultLead(texts, refused) : "",
    again: refused?.seconds ? again.value : "",
  };
}

/** The reason alone: the next sentence has the time as of the response, in the server's zone. */
export function leadOf({ detail, seconds }: RefusalView): string {
  return seconds ? detail.replace(/\. .*/, ".") : detail;
}

/** Reason for a refusal without a text from the server. */
function defaultLead({ unreachable, notSent }: ComposerTexts, { kind }: RefusalView): string {
  return kind === "" ? unreachable : notSent;
}

/** True when a ceiling or share is used up. */
export function usesUp({ kind, retryable, seconds }: RefusalView): boolean {
  return kind.startsWith("over") && !retryable && seconds !== null;
}
