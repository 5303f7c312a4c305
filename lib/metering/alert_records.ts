import { z } from "zod";

const count = z.number().int().min(0);
const amount = z.bigint().min(0n);

/** Spending came to a share of a ceiling, or a conversation to a sum. */
const spendingAlert = z.object({
  at: z.number(),
  scope: z.enum(["tool", "organisation", "session"]),
  /** The tool's id; of a session, the tool it is with. */
  name: z.string(),
  percent: count,
  spent: amount,
  ceiling: amount,
});

/** Faults that an administrator should know of; the texts are in lib/alerts/alert_texts.ts. */
export const FAULTS = [
  /** A provider's figures cannot be true: the hold or an estimate was booked. */
  "usage_not_believed",
  /** A provider billed more than was held: booked in full. */
  "usage_above_hold",
  /** The organisation's account at a provider has no money left. */
  "account_empty",
  /** The clock jumped: nothing is deleted by its time. */
  "clock_jumped",
  /** The store takes no writes. */
  "store_not_writable",
  /** Nothing limits what all tools together cost in a day. */
  "no_ceiling",
] as const;
export type Fault = (typeof FAULTS)[number];

/** Something is wrong; once a day for each thing that it is about. */
const faultAlert = z.object({
  at: z.number(),
  scope: z.literal("fault"),
  code: z.enum(FAULTS),
  /** What it is about, such as a model; never a person. */
  name: z.string(),
  /** Figures and names for its text. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const alert = z.discriminatedUnion("scope", [spendingAlert, faultAlert]);

/** Who sends an alert, and whether it was. */
export const alertSent = z.object({ claimedUntil: z.number(), tries: count, sent: z.boolean() });

export type SpendingAlert = z.output<typeof spendingAlert>;
export type FaultAlert = z.output<typeof faultAlert>;
export type Alert = z.output<typeof alert>;
export type AlertSent = z.output<typeof alertSent>;
