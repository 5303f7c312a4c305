import { z } from "zod";

/**
 * The states of an outbound message, each further than the one before it:
 * Twilio's status callbacks come in any order. What was delivered did not
 * fail, whatever a late callback says.
 * https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
 */
export const DELIVERY_STATUSES = [
  "accepted",
  "scheduled",
  "queued",
  "sending",
  "sent",
  "canceled",
  "failed",
  "undelivered",
  "delivered",
  "read",
] as const;

export const deliveryStatusSchema = z.enum(DELIVERY_STATUSES);
export type DeliveryStatus = typeof DELIVERY_STATUSES[number];

/** Of two reports about one message, in whichever order they came, the one that holds. */
export function furthest(a: DeliveryStatus, b: DeliveryStatus): DeliveryStatus {
  return DELIVERY_STATUSES.indexOf(a) >= DELIVERY_STATUSES.indexOf(b) ? a : b;
}

/** Whether the message is known not to arrive. */
export function hasFailed(status: DeliveryStatus): boolean {
  return status === "canceled" || status === "failed" || status === "undelivered";
}

/** Whether nothing but `read` may still follow. */
export function isSettled(status: DeliveryStatus): boolean {
  return hasFailed(status) || status === "delivered" || status === "read";
}
