import { z } from "zod";
import { modelPrice } from "../llm/rules/prices.ts";
import { family } from "../store/key.ts";
import { type Alert, alert, type AlertSent, alertSent } from "./alert_records.ts";
import { basis, type PaidCall, paidCall } from "./call_records.ts";
import { type DayHours, dayHours } from "./hour_records.ts";
import type { BudgetScope } from "./rules/budget.ts";
import type { ShareDay } from "./rules/shares.ts";

const DAY = 24 * 60 * 60_000;
/** How long it is known that somebody came before. */
const PERSON_DAYS = 90;

/*
 *   key                                   value                          lives
 *   running, process, turn                a paid call under way          until settled
 *   ledger, day, turn                     one entry of the ledger        for ever
 *   day, day, scope, name                 a day's sums and holds         for ever
 *   hours, day, scope, name               a day's turns by the hour      for ever
 *   alert, day, name                      an alert that was raised       30 days
 *   alert_sent, day, name                 who sends it, and when it was  30 days
 *   prices                                changes with any price         for ever
 *   price, provider, thing                own prices, each from a day on for ever
 *   budget, window, scope, id, tool       other budgets' sums and holds  for ever
 *   person_share, visitor                 what they used of a day        90 days
 *   address_share, hash                   what an address used of a day  2 days
 */

const count = z.number().int().min(0);
const amount = z.bigint().min(0n);
const used = z.object({ spent: amount, held: amount });
/** What a person or an address has used of a day's budgets, see rules/shares.ts. */
const shareDay = z.object({
  since: z.string(),
  day: z.string(),
  all: used,
  tools: z.record(z.string(), used),
});

/** A price of one's own: of a model's tokens, or of a thing that is paid by the piece or minute. */
const ownPrice = z.object({
  /** Milliseconds since 1970. */
  from: z.number(),
  tokens: modelPrice.nullable(),
  /** Nano-dollars for one. */
  unit: amount.nullable(),
});

const tokens = {
  input: count,
  cached: count,
  output: count,
  reasoning: count,
};

const ledgerEntry = z.object({
  turn: z.string(),
  at: z.number(),
  day: z.string(),
  tool: z.string(),
  model: z.string(),
  provider: z.string(),
  channel: z.string(),
  variant: z.string().nullable(),
  ...tokens,
  audioSeconds: z.number().min(0),
  images: count,
  usd: amount,
  basis,
  simulated: z.boolean(),
  /** Whether the provider told figures that cannot be true, so that these are not its own. */
  disbelieved: z.boolean().optional(),
  /** Whether it is auxiliary: a message, a transcript, a failed attempt, and no turn's reply. */
  beside: z.boolean().optional(),
  /** Whether it counts in no ceiling, as what admins try out. */
  apart: z.boolean().optional(),
  /** Which of its call's attempts it is for, from 1, if that one failed and another was made. */
  attempt: count.optional(),
});

/** The sums of a day for one scope; `held` is what turns under way may still cost. */
const dayTotal = z.object({
  spent: amount,
  held: amount,
  holds: count,
  entries: count,
  /** How many of the entries are no replies. */
  beside: count.default(0),
  simulated: amount,
  /** How much of what was spent counts in no ceiling. */
  apart: amount.default(0n),
  ...tokens,
});

/** What is spent and held of a budget in one window. */
const budgetTotal = z.object({ spent: amount, held: amount });

export type LedgerEntry = z.output<typeof ledgerEntry>;
export type DayTotal = z.output<typeof dayTotal>;
export type CustomPrice = z.output<typeof ownPrice>;
export type BudgetTotal = z.output<typeof budgetTotal>;
/** The name of the organisation's own day among the scopes. */
export const ALL = "all";
export const scope = z.enum(["organisation", "tool", "model", "channel", "variant"]);
export type Scope = z.output<typeof scope>;
/** The scopes that have ceilings; their turns are also counted by the hour. */
export type BoundScope = Extract<Scope, "organisation" | "tool">;

export const meteringKeys = {
  running: family<PaidCall, [process: string, call: string]>("running", paidCall, {
    onDamage: "refuse",
  }),
  ledger: family<LedgerEntry, [day: string, turn: string]>("ledger", ledgerEntry, {
    onDamage: "refuse",
  }),
  alert: family<Alert, [day: string, name: string]>("alert", alert, {
    lifetime: 30 * DAY,
  }),
  alertSent: family<AlertSent, [day: string, name: string]>(
    "alert_sent",
    alertSent,
    { lifetime: 30 * DAY },
  ),
  prices: family<string, []>("prices", z.string()),
  price: family<CustomPrice[], [provider: string, thing: string]>("price", z.array(ownPrice), {
    onDamage: "refuse",
  }),
  day: family<DayTotal, [day: string, scope: Scope, name: string]>("day", dayTotal, {
    onDamage: "refuse",
  }),
  budget: family<
    BudgetTotal,
    [window: string, scope: BudgetScope, id: string, tool: string]
  >("budget", budgetTotal, { onDamage: "refuse" }),
  hours: family<DayHours, [day: string, scope: BoundScope, name: string]>("hours", dayHours),
  personShare: family<ShareDay, [visitor: string]>("person_share", shareDay, {
    lifetime: PERSON_DAYS * DAY,
  }),
  addressShare: family<ShareDay, [hash: string]>("address_share", shareDay, {
    lifetime: 2 * DAY,
  }),
} as const;
