import { z } from "zod";

const count = z.number().int().min(0);

/** Who was refused by a limit on a day, by an id that does not say who it is. */
export const refusedDay = z.object({
  /** Refusals of sources beyond those that are told apart. */
  others: count,
  sources: z.record(
    z.string(),
    z.object({
      masked: z.string(),
      count,
      lastAt: z.number(),
      /** When an admin let it through, or 0. */
      freedAt: z.number(),
    }),
  ),
});
export type RefusedDay = z.output<typeof refusedDay>;

/** The walk through all conversations that looks for those that are too old. */
export const retentionWalk = z.object({
  process: z.string(),
  claimedUntil: z.number(),
  /** The days of the last walk that came to its end, and when. */
  days: count,
  finishedAt: z.number(),
});
export type RetentionWalk = z.output<typeof retentionWalk>;
