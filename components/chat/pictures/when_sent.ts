import type { Signal } from "@preact/signals";

/** The page's parts that tell of a message that is sent. */
export interface SendingPage {
  chat: Signal<{ pending: { action: string } | null } | null>;
  refusal: Signal<unknown>;
}

/**
 * Calls `sent` each time the server or the outbox has taken a message; not after a refusal.
 * Returns a function that ends the watch.
 * @param begins called when the message leaves the field
 */
export function whenSent(
  { chat, refusal }: SendingPage,
  sent: () => void,
  begins = () => {},
): () => void {
  let pending = false;
  return chat.subscribe((state) => {
    const before = pending;
    pending = state?.pending?.action === "send";
    if (pending && !before) begins();
    if (pending || !before) return;
    // The reason of a refusal follows.
    setTimeout(() => {
      if (!refusal.peek()) sent();
    });
  });
}
