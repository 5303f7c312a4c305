import { z } from "zod";

const count = z.number().int().min(0);
const amount = z.bigint().min(0n);
const used = z.object({ spent: amount, held: amount });

/** What a person or an address has used of a day's budgets, see domain/shares.ts. */
export const shareDay = z.object({
  since: z.string(),
  day: z.string(),
  all: used,
  tools: z.record(z.string(), used),
});

/** Whose share a call counts in; an address by a hash. */
export const sharer = z.object({ kind: z.enum(["person", "address"]), id: z.string() });
export type Sharer = z.output<typeof sharer>;

/** What holds in a store where nothing is set, as it was when the store was made. */
export const defaults = z.object({ organisationCeiling: amount.nullable() });
export type Defaults = z.output<typeof defaults>;

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
