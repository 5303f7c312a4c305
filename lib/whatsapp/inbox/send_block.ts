import type { Silence } from "../../locales/admin/whatsapp.ts";
import { windowOpen } from "../rules/window.ts";
import type { Phone } from "../records.ts";

/**
 * Why no message may be sent to a person; null when one may.
 * @param template whether a template is set for messages outside the window
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
