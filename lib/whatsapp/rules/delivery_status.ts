import { z } from "zod";

/**
 * Statuses of an outbound message, in ascending order.
 * Twilio's callbacks come in any order; a late failure does not undo a delivery.
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

/** The later of two statuses, regardless of the order of their reports. */
export function furthest(a: DeliveryStatus, b: DeliveryStatus): DeliveryStatus {
  return DELIVERY_STATUSES.indexOf(a) >= DELIVERY_STATUSES.indexOf(b) ? a : b;
}

export function hasFailed(status: DeliveryStatus): boolean {
  return status === "canceled" || status === "failed" || status === "undelivered";
}
