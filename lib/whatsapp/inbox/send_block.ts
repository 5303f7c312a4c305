import type { Silence } from "../../locales/admin/whatsapp.ts";
import { windowOpen } from "../rules/window.ts";
import type { Phone } from "../records.ts";

/**
 * Why nothing may be written to somebody; null when it may.
 * @param template whether one is set for messages outside of the 24 hours
 */
export function sendBlockReason(
  { optedOut, blocked, lastInboundAt, windowShut }: Phone,
  now: number,
  template: boolean,
): Silence | null {
  if (blocked) return "blocked";
  if (optedOut) return "optedOut";
  return template || (windowOpen(lastInboundAt, now) && !windowShut) ? null : "window";
}
