import { z } from "zod";
import { family } from "../store/key.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * 60_000;

/*
 *   key                   value                     lives
 *   limit, kind, address  times of recent requests  30 minutes
 *   refused, day, kind    masked refused sources    8 days
 */

const count = z.number().int().min(0);

/** Refusals of a day by source; ids do not reveal the source. */
const refusedDay = z.object({
  /** Refusals of further sources, counted together. */
  others: count,
  sources: z.record(
    z.string(),
    z.object({
      masked: z.string(),
      count,
      lastAt: z.number(),
      /** When an administrator reset the source's limit, or 0. */
      freedAt: z.number(),
    }),
  ),
});
export type RefusedDay = z.output<typeof refusedDay>;

export const limitKeys = {
  limit: family<number[], [kind: string, address: string]>("limit", z.array(z.number()), {
    lifetime: 30 * MINUTE,
  }),
  refused: family<RefusedDay, [day: string, kind: string]>(
    "refused",
    refusedDay,
    { lifetime: 8 * DAY },
  ),
} as const;
