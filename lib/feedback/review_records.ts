import { z } from "zod";

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

/** A conversation that is being deleted: how many messages it may have. */
export const erasing = z.object({ messages: count });

export type Thumb = z.output<typeof thumb>;
export type Rating = z.output<typeof rating>;
export type Rated = z.output<typeof rated>;
export type Review = z.output<typeof review>;
export type Verdict = z.output<typeof verdict>;
