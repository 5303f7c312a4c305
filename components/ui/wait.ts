import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import { announcement, refusal, usedUp } from "../../lib/shared/chat_session.ts";
import type { RefusalView } from "../../lib/shared/views/chat_view.ts";
import { sendAgain } from "../../lib/shared/send_again.ts";

/** Why a message was not taken, and when it will be. */
export interface Wait {
  lead: string;
  again: string;
}

/** What a refusal says, with the time that is left as it goes by. When that is over, so is the refusal. */
export function useWait(refused: RefusalView | null): Wait {
  const again = useSignal(refused?.again ?? "");
  useLayoutEffect(() => {
    usedUp.value = null;
    if (!refused?.seconds) return;
    const until = Date.now() + refused.seconds * 1000;
    const over = usesUp(refused);
    const tick = () => {
      const now = Date.now();
      if (now < until) {
        again.value = sendAgain(until, now, refused.kind === "over-budget");
        if (over) usedUp.value = `${leadOf(refused)} ${again}`;
      } else {
        refusal.value = null;
        announcement.value = "You can send again.";
      }
    };
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [refused]);
  return { lead: refused ? leadOf(refused) : "", again: refused?.seconds ? again.value : "" };
}

/** What happened. The server's next sentence says until when, as it was then and in its own zone. */
export function leadOf({ detail, seconds }: RefusalView): string {
  return seconds ? detail.replace(/\. .*/, ".") : detail;
}

/** Whether it says that the day, or the person's share of it, is used up. */
export function usesUp({ kind, retryable, seconds }: RefusalView): boolean {
  return kind.startsWith("over") && !retryable && seconds !== null;
}
