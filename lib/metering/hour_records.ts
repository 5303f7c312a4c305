import { z } from "zod";

const count = z.number().int().min(0);
const amount = z.bigint().min(0n);

/** Faster than `z.array(count)`, for records with hundreds of counts. */
function areCounts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => Number.isInteger(each) && each >= 0);
}

/** Number, cost and outcome of the turns that began in a period. */
const load = z.object({
  turns: count,
  /** Turns that ended with an error. */
  errors: count,
  /** Turns with a ledger entry. */
  entries: count,
  /** Ledger entries that are not replies. */
  beside: count.default(0),
  spent: amount,
  input: count,
  cached: count,
  output: count,
  /** Time to first word, see rules/latency_histogram.ts. */
  waits: z.custom<readonly number[]>(areCounts),
});

/** Turns of a day of a tool or the organisation, by hour, model and channel. */
export const dayHours = z.object({
  /** Whether it has all of the day's entries: it exists since the day began. */
  whole: z.boolean(),
  /** By hour in the organisation's time zone, from 0. */
  slots: z.array(load.nullable()),
  models: z.record(z.string(), load),
  channels: z.record(z.string(), load),
});

export type Load = z.output<typeof load>;
export type DayHours = z.output<typeof dayHours>;
