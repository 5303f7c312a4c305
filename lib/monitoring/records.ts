import { z } from "zod";
import { family } from "../store/key.ts";

const DAY = 24 * 60 * 60_000;

/*
 *   key                   value                              lives
 *   failed_requests, day  the day's requests with an error   14 days
 */

const failedRequest = z.object({
  /** As in the answer's X-Request-Id. */
  id: z.string(),
  at: z.number(),
  method: z.string(),
  /** The pattern of the route; null where there is none. */
  route: z.string().nullable(),
  status: z.number().int(),
  code: z.string(),
});

const failedDay = z.object({
  /** Faults of the program (5xx) and refusals (4xx), the newest of each, in the order of time. */
  faults: z.array(failedRequest),
  refusals: z.array(failedRequest),
  /** Those that had no room. */
  left: z.number().int().min(0),
});

export type FailedRequest = z.output<typeof failedRequest>;
export type FailedDay = z.output<typeof failedDay>;

/** How long they are kept, in days. */
export const FAILED_DAYS = 14;

export const monitoringKeys = {
  failedRequests: family<FailedDay, [day: string]>("failed_requests", failedDay, {
    lifetime: FAILED_DAYS * DAY,
  }),
} as const;
