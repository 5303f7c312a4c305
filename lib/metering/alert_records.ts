import { z } from "zod";
import { BUDGET_WINDOWS } from "./rules/budget.ts";

const count = z.number().int().min(0);
const amount = z.bigint().min(0n);

/** Spending reached a share of a ceiling, or a conversation reached a sum. */
const spendingAlert = z.object({
  at: z.number(),
  scope: z.enum(["tool", "organisation", "session"]),
  /** The tool's id; for a session, its tool's id. */
  name: z.string(),
  /** The ceiling's window; absent: a day. */
  window: z.enum(BUDGET_WINDOWS).optional(),
  percent: count,
  spent: amount,
  ceiling: amount,
});

/** Faults that need an administrator; their texts are in lib/alerts/alert_texts.ts. */
export const FAULTS = [
  /** A provider's figures are impossible: the hold or an estimate was booked. */
  "usage_not_believed",
  /** A provider billed more than was held: booked in full. */
  "usage_above_hold",
  /** The organisation's account at a provider is empty. */
  "account_empty",
  /** A model in use ends soon. */
  "model_ends",
  /** A model in use has ended. */
  "model_ended",
  /** A provider refuses the organisation's key. */
  "key_refused",
  /** The clock jumped: time-based deletion is off. */
  "clock_jumped",
  /** The store takes no writes. */
  "store_not_writable",
  /** A backup was not made, or could not be restored for a trial. */
  "backup_failed",
  /** A variant was clearly worse: its experiment is paused. */
  "experiment_paused",
  /** The organisation has no daily ceiling. */
  "no_ceiling",
] as const;
export type Fault = (typeof FAULTS)[number];

/** A fault, raised once a day for each subject. */
const faultAlert = z.object({
  at: z.number(),
  scope: z.literal("fault"),
  code: z.enum(FAULTS),
  /** The subject, such as a model; never a person. */
  name: z.string(),
  /** Parameters of its text. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const alert = z.discriminatedUnion("scope", [spendingAlert, faultAlert]);

/** The claim on sending an alert, and whether it was sent. */
export const alertSent = z.object({ claimedUntil: z.number(), tries: count, sent: z.boolean() });

export type SpendingAlert = z.output<typeof spendingAlert>;
export type FaultAlert = z.output<typeof faultAlert>;
export type Alert = z.output<typeof alert>;
export type AlertSent = z.output<typeof alertSent>;
