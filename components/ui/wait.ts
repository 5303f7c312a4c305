import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { announcement, refusal, usedUp } from "../../lib/shared/chat_session.ts";
import type { ComposerTexts } from "../../lib/locales/page/chat_texts.ts";
import type { RefusalView } from "../../lib/shared/views/chat_view.ts";
import { sendAgain } from "../../lib/shared/send_again.ts";

/** Why a message was not taken, and when it will be. */
export interface Wait {
  lead: string;
  again: string;
}

/** What a refusal says, with the time that is left as it goes by. When that is over, so is the refusal. */
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
    lead: refused ? leadOf(refused) || unsaid(texts, refused) : "",
    again: refused?.seconds ? again.value : "",
  };
}

/** What happened. The server's next sentence says until when, as it was then and in its own zone. */
export function leadOf({ detail, seconds }: RefusalView): string {
  return seconds ? detail.replace(/\. .*/, ".") : detail;
}

/** What is said where the server said nothing. */
function unsaid({ unreachable, notSent }: ComposerTexts, { kind }: RefusalView): string {
  return kind === "" ? unreachable : notSent;
}

/** Whether it says that the day, or the person's share of it, is used up. */
export function usesUp({ kind, retryable, seconds }: RefusalView): boolean {
  return kind.startsWith("over") && !retryable && seconds !== null;
}
