import { windowOpen } from "../rules/window.ts";
import type { Phone } from "../records.ts";

/**
 * Why nothing may be written to somebody, as a sentence; null when it may.
 * @param template whether one is set for messages outside of the 24 hours
 */
export function silencedBy(
  { optedOut, blocked, lastInboundAt, windowShut }: Phone,
  now: number,
  template: boolean,
): string | null {
  if (blocked) return "This person is blocked. Unblock first.";
  if (optedOut) return "This person sent STOP. Nothing may be sent until they send START.";
  if (template || (windowOpen(lastInboundAt, now) && !windowShut)) return null;
  return "More than 24 hours have passed since this person last wrote. WhatsApp then takes a " +
    "template only, and TWILIO_TEMPLATE_SID is not set.";
}
