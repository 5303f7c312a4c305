/** WhatsApp's customer service window after a person's message, in milliseconds. */
export const WINDOW_MS = 24 * 60 * 60 * 1000;

/**
 * Whether free text may be sent, not only a template; times in milliseconds.
 * Otherwise Twilio refuses it with 63016: https://www.twilio.com/docs/whatsapp/key-concepts
 */
export function windowOpen(lastInboundAt: number | null, now: number): boolean {
  return lastInboundAt !== null && now < windowClosesAt(lastInboundAt);
}

export function windowClosesAt(lastInboundAt: number): number {
  return lastInboundAt + WINDOW_MS;
}
