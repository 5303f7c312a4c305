import { z } from "zod";

const count = z.number().int().min(0);
const amount = z.bigint().min(0n);

/** Spending came to a share of a ceiling, or a conversation to a sum. */
export const alert = z.object({
  at: z.number(),
  scope: z.enum(["tool", "organisation", "session"]),
  /** The tool's id; of a session, the tool it is with. */
  name: z.string(),
  percent: count,
  spent: amount,
  ceiling: amount,
});

/** Who sends an alert, and whether it was. */
export const alertSent = z.object({ claimedUntil: z.number(), tries: count, sent: z.boolean() });

export type Alert = z.output<typeof alert>;
export type AlertSent = z.output<typeof alertSent>;
