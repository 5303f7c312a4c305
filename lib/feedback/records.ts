import { z } from "zod";
import type { Scope } from "../metering/records.ts";
import { family } from "../store/key.ts";

const count = z.number().int().min(0);

/** What a person thinks of a reply. */
export const thumb = z.enum(["up", "down"]);

/** A person's rating of one reply, with all that it is counted by. */
export const rating = z.object({
  verdict: thumb,
  /** What was wrong, in the person's words; empty when nothing was said. */
  reason: z.string(),
  at: z.number(),
  /** The day of the reply, in whose sums it counts. */
  day: z.string(),
  tool: z.string(),
  /** The tool's version that replied; null when it was not noted. */
  version: count.nullable(),
  model: z.string(),
  channel: z.string(),
  variant: z.string().nullable(),
  simulated: z.boolean(),
});

/** How many replies of a day and scope were found good, and bad. */
export const rated = z.object({ up: count, down: count });

/** A conversation that may be looked at for quality, as its last settled turn left it. */
export const review = z.object({
  visitor: z.string(),
  tool: z.string(),
  channel: z.string(),
  /** When it went on last: its place in the order. */
  at: z.number(),
  /** The number of the first question that was sent while people were told. */
  first: count,
  messages: count,
  spent: z.bigint().min(0n),
  /** Whether any of its replies was simulated. */
  simulated: z.boolean(),
  /** The person's own ratings. */
  up: count,
  down: count,
  /** When each admin has marked it as reviewed. */
  reviewed: z.record(z.string(), z.number()),
});

/** What an admin thinks of a reply. */
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
 *   rated, day, scope, name               a day's ratings, counted       for ever
 *   review, conversation                  one that may be looked at      as set
 *   review_order, time, conversation      the same, by time              as set
 *   verdict, conversation, message, admin what an admin thinks of it     as set
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
