import { z } from "zod";
import { modelPrice } from "../llm/rules/prices.ts";
import { family } from "../store/key.ts";
import { type Alert, alert, type AlertSent, alertSent } from "./alert_records.ts";
import { basis, type PaidCall, paidCall } from "./call_records.ts";
import { type DayHours, dayHours } from "./hour_records.ts";
import type { BudgetScope } from "./rules/budget.ts";
import type { ShareDay } from "./rules/shares.ts";

const DAY = 24 * 60 * 60_000;
/** Days for which a returning visitor is recognised. */
const PERSON_DAYS = 90;

/*
 *   key                                   value                          lives
 *   running, process, turn                a paid call under way          until settled
 *   ledger, day, turn                     one entry of the ledger        for ever
 *   day, day, scope, name                 a day's sums and holds         for ever
 *   month, month, scope, name             a month's sums and holds       for ever
 *   hours, day, scope, name               a day's turns by the hour      for ever
 *   alert, day, name                      an alert that was raised       30 days
 *   alert_sent, day, name                 claim on sending it, result    30 days
 *   prices                                version of the prices          for ever
 *   price, provider, thing                custom prices by start date    for ever
 *   budget, window, scope, id, tool       other budgets' sums and holds  for ever
 *   person_share, visitor                 a person's use of a day        90 days
 *   person_month, visitor                 a person's use of a month      90 days
 *   address_share, hash                   an address's use of a day      2 days
 */

const count = z.number().int().min(0);
const amount = z.bigint().min(0n);
const used = z.object({ spent: amount, held: amount });
/** A person's or an address's use of a day's, or of a month's, budgets, see rules/shares.ts. */
const shareDay = z.object({
  since: z.string(),
  day: z.string(),
  all: used,
  tools: z.record(z.string(), used),
});

/** Custom price of a model's tokens, or of a unit such as a message or minute. */
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
  /** Whether the provider's figures were impossible and replaced. */
  disbelieved: z.boolean().optional(),
  /** Whether it is auxiliary: a message, a transcript or a failed attempt, not a reply. */
  beside: z.boolean().optional(),
  /** Whether it counts in no ceiling, e.g. admins' trials. */
  apart: z.boolean().optional(),
  /** Number of the failed attempt that it is for, from 1; absent for a call's last one. */
  attempt: count.optional(),
  /** The API key that paid for it. */
  key: z.string().optional(),
  /** The tool's own model, as `provider:model`, where another one answered in its place. */
  insteadOf: z.string().optional(),
});

/** Sums of a day or month for one scope; `held` is the worst case of calls under way. */
const dayTotal = z.object({
  spent: amount,
  held: amount,
  holds: count,
  entries: count,
  /** Entries that are not replies. */
  beside: count.default(0),
  simulated: amount,
  /** The part of `spent` that counts in no ceiling. */
  apart: amount.default(0n),
  ...tokens,
});

/** Spent and held amounts of a budget in one window. */
const budgetTotal = z.object({ spent: amount, held: amount });

export type LedgerEntry = z.output<typeof ledgerEntry>;
export type DayTotal = z.output<typeof dayTotal>;
export type CustomPrice = z.output<typeof ownPrice>;
export type BudgetTotal = z.output<typeof budgetTotal>;
/** Name of the organisation in scope `organisation`. */
export const ALL = "all";
export const scope = z.enum(["organisation", "tool", "model", "channel", "variant"]);
export type Scope = z.output<typeof scope>;
/** Scopes with ceilings; their turns are also counted by the hour. */
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
  month: family<DayTotal, [month: string, scope: BoundScope, name: string]>("month", dayTotal, {
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
  personMonth: family<ShareDay, [visitor: string]>("person_month", shareDay, {
    lifetime: PERSON_DAYS * DAY,
  }),
  addressShare: family<ShareDay, [hash: string]>("address_share", shareDay, {
    lifetime: 2 * DAY,
  }),
} as const;
