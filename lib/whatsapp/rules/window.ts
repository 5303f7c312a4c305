/** WhatsApp's customer service window in milliseconds: free text may be sent this long after a person wrote. */
export const WINDOW_MS = 24 * 60 * 60 * 1000;

/**
 * Whether free text may be sent now, not only a template; times in milliseconds.
 * Twilio refuses it with 63016. https://www.twilio.com/docs/whatsapp/key-concepts
 */
export function windowOpen(lastInboundAt: number | null, now: number): boolean {
  return lastInboundAt !== null && now < windowClosesAt(lastInboundAt);
}

/** When the window closes unless the person writes again. */
export function windowClosesAt(lastInboundAt: number): number {
  return lastInboundAt + WINDOW_MS;
}
