import { z } from "zod";

const count = z.number().int().min(0);
const amount = z.bigint().min(0n);

/** As `z.array(count)`, for records of hundreds of them. */
function areCounts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => Number.isInteger(each) && each >= 0);
}

/** Turns that began in some time, what they cost, and how they went. */
const load = z.object({
  turns: count,
  /** Turns that ended with an error. */
  errors: count,
  /** Turns that have an entry in the ledger. */
  entries: count,
  /** How many of the entries are no replies. */
  beside: count.default(0),
  spent: amount,
  input: count,
  cached: count,
  output: count,
  /** How long the first words took, see rules/waits.ts. */
  waits: z.custom<readonly number[]>(areCounts),
});

/** The turns of a day of a tool or the organisation, told apart in three ways. */
export const dayHours = z.object({
  /** Whether all of the day's entries are in it: it was begun with the day. */
  whole: z.boolean(),
  /** By the hour of the wall, from 0. */
  slots: z.array(load.nullable()),
  models: z.record(z.string(), load),
  channels: z.record(z.string(), load),
});

export type Load = z.output<typeof load>;
export type DayHours = z.output<typeof dayHours>;
