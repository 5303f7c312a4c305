import type { Signal } from "@preact/signals";

/** The page's parts that tell of a message that is sent. */
export interface SendingPage {
  chat: Signal<
    { pending: { action: string; requestId?: string; turnId: string | null } | null } | null
  >;
  refusal: Signal<unknown>;
}

/**
 * Calls `ended` each time the server or the outbox has taken a message, or refused it. Its reply may
 * begin later, or be seen by a later page only: what went with the message is no longer needed then.
 * Returns a function that ends the watch.
 * @param begins called with the message's request id when it leaves the field
 */
export function whenSent(
  { chat, refusal }: SendingPage,
  ended: (taken: boolean) => void,
  begins = (_requestId: string) => {},
): () => void {
  let sending = false;
  return chat.subscribe((state) => {
    const before = sending;
    sending = state?.pending?.action === "send" && state.pending.turnId === null;
    if (sending && !before) begins(state?.pending?.requestId ?? "");
    // The reason of a refusal follows.
    if (before && !sending) setTimeout(() => ended(!refusal.peek()));
  });
}

/** Whether the server had a message before the page was rendered: what went with it is gone. */
export function wasTaken(requestId: string | undefined): boolean {
  return !!requestId && requestId === document.getElementById("messages")?.dataset.request;
}
