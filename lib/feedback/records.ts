import { z } from "zod";
import type { Scope } from "../metering/records.ts";
import { family } from "../store/key.ts";

const count = z.number().int().min(0);

/** A person's opinion of a reply. */
export const thumb = z.enum(["up", "down"]);

/** A person's rating of one reply, with the fields by which it is counted. */
export const rating = z.object({
  verdict: thumb,
  /** The person's reason; may be empty. */
  reason: z.string(),
  at: z.number(),
  /** Day of the reply, in whose sums it counts. */
  day: z.string(),
  tool: z.string(),
  /** Version of the tool that replied; null when unknown. */
  version: count.nullable(),
  model: z.string(),
  channel: z.string(),
  variant: z.string().nullable(),
  simulated: z.boolean(),
});

/** Numbers of good and bad ratings for a day and scope. */
export const rated = z.object({ up: count, down: count });

/** A conversation open to review, as of its last settled turn. */
export const review = z.object({
  visitor: z.string(),
  tool: z.string(),
  channel: z.string(),
  /** Time of its last turn, by which the list is ordered. */
  at: z.number(),
  /** Number of the first question sent under the notice. */
  first: count,
  messages: count,
  spent: z.bigint().min(0n),
  /** Whether any of its replies was simulated. */
  simulated: z.boolean(),
  /** The person's own ratings. */
  up: count,
  down: count,
  /** When each administrator marked it as reviewed. */
  reviewed: z.record(z.string(), z.number()),
});

/** An administrator's opinion of a reply. */
export const verdict = z.object({
  verdict: z.enum(["good", "bad"]),
  note: z.string(),
  at: z.number(),
});

export type Rating = z.output<typeof rating>;
export type Rated = z.output<typeof rated>;
export type Review = z.output<typeof review>;
export type Verdict = z.output<typeof verdict>;

/*
 *   key                                   value                          lives
 *   rating, conversation, message         a person's rating of a reply   as set
 *   rated, day, scope, name               counts of a day's ratings      for ever
 *   review, conversation                  one that is open to review     as set
 *   review_order, time, conversation      the same, by time              as set
 *   verdict, conversation, message, admin an administrator's verdict     as set
 */

export const feedbackKeys = {
  rating: family<Rating, [conversation: string, message: string]>(
    "rating",
    rating,
  ),
  rated: family<Rated, [day: string, scope: Scope, name: string]>(
    "rated",
    rated,
  ),
  review: family<Review, [conversation: string]>("review", review),
  reviewOrder: family<boolean, [at: number, conversation: string]>(
    "review_order",
    z.boolean(),
  ),
  verdict: family<Verdict, [conversation: string, message: string, admin: string]>(
    "verdict",
    verdict,
  ),
} as const;
