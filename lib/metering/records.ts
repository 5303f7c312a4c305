import { z } from "zod";
import { modelPrice } from "../llm/rules/prices.ts";
import { family } from "../store/key.ts";
import { type Alert, alert, type AlertSent, alertSent } from "./alert_records.ts";
import { type DayHours, dayHours } from "./hour_records.ts";
import type { ShareDay } from "./rules/shares.ts";

const DAY = 24 * 60 * 60_000;
/** How long it is known that somebody came before. */
const PERSON_DAYS = 90;

/*
 *   key                                   value                          lives
 *   running, process, turn                a turn under way and its hold  until settled
 *   ledger, day, turn                     one entry of the ledger        for ever
 *   day, day, scope, name                 a day's sums and holds         for ever
 *   hours, day, scope, name               a day's turns by the hour      for ever
 *   alert, day, name                      an alert that was raised       30 days
 *   alert_sent, day, name                 who sends it, and when it was  30 days
 *   prices                                changes with any price         for ever
 *   price, provider, thing                own prices, each from a day on for ever
 *   person_share, visitor                 what they used of a day        90 days
 *   address_share, hash                   what an address used of a day  2 days
 */

const count = z.number().int().min(0);
const amount = z.bigint().min(0n);
const used = z.object({ spent: amount, held: amount });
export const basis = z.enum(["reported", "estimated", "partial"]);

const nearest = z.enum(["person", "address", "tool"]);
/** What a reader is told beside a reply; earlier versions stored its text. */
export const notice = z.union([
  z.discriminatedUnion("code", [
    z.object({ code: z.literal("downgraded"), nearest, model: z.string() }),
    z.object({ code: z.literal("clamped"), nearest }),
    z.object({ code: z.literal("alert"), session: amount }),
  ]),
  z.object({
    kind: z.enum(["clamped", "downgraded", "alert", "truncated"]),
    text: z.string(),
  }),
]);

/** What a person or an address has used of a day's budgets, see rules/shares.ts. */
const shareDay = z.object({
  since: z.string(),
  day: z.string(),
  all: used,
  tools: z.record(z.string(), used),
});

/** Whose share a call counts in; an address by a hash. */
const sharer = z.object({ kind: z.enum(["person", "address"]), id: z.string() });

/** What a turn took from a scope's day when it began. */
const hold = z.object({
  day: z.string(),
  amount,
});

/** A turn under way, with all that is needed to settle it when its process died. */
const running = z.object({
  turn: z.string(),
  visitor: z.string(),
  tool: z.string(),
  request: z.string(),
  conversation: z.string(),
  /** Which turn of the conversation it is, from 1; 0 for a call beside all conversations. */
  number: count,
  /** The number of its question's message. */
  question: count,
  model: z.string(),
  provider: z.string(),
  simulated: z.boolean(),
  channel: z.string(),
  variant: z.string().nullable(),
  /** The tool's version, and whether its conversation may be looked at. */
  version: count.optional(),
  reviewable: z.boolean().optional(),
  startedAt: z.number(),
  maxTokens: count,
  inputEstimate: count,
  /** The most tokens that its prompt has. */
  promptTokens: count.optional(),
  images: count.optional(),
  price: modelPrice,
  estimate: amount,
  hold,
  /** The ceilings as they were when it began, for alerts. */
  ceilings: z.object({ tool: amount.nullable(), organisation: amount.nullable() }),
  notices: z.array(notice),
  /** Whether it has a budget of its own, as what admins try out has, and none of the ceilings'. */
  apart: z.boolean().optional(),
  /** Whose shares of the day it counts in, and what it holds of each. */
  shares: z.object({ of: z.array(sharer), held: amount }).optional(),
  /** What participants keep of it for its settlement, by their names; each checks its own. */
  participants: z.record(z.string(), z.unknown()).optional(),
  /** WhatsApp's part of it in turns that an earlier version began. */
  deliver: z.unknown().optional(),
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
  /** Whether it is no turn's own reply, but what was paid for beside one: a message, a transcript. */
  beside: z.boolean().optional(),
  /** Whether it counts in no ceiling, see Running.apart. */
  apart: z.boolean().optional(),
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

export type Running = z.output<typeof running>;
export type LedgerEntry = z.output<typeof ledgerEntry>;
export type DayTotal = z.output<typeof dayTotal>;
export type OwnPrice = z.output<typeof ownPrice>;
export type Notice = z.output<typeof notice>;
export type Sharer = z.output<typeof sharer>;
/** The name of the organisation's own day among the scopes. */
export const ALL = "all";
export const scope = z.enum(["organisation", "tool", "model", "channel", "variant"]);
export type Scope = z.output<typeof scope>;
/** The scopes that have ceilings; their turns are also counted by the hour. */
export type BoundScope = Extract<Scope, "organisation" | "tool">;

export const meteringKeys = {
  running: family<Running, [process: string, turn: string]>("running", running, {
    onDamage: "refuse",
    readSoon: true,
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
  price: family<OwnPrice[], [provider: string, thing: string]>("price", z.array(ownPrice), {
    onDamage: "refuse",
  }),
  day: family<DayTotal, [day: string, scope: Scope, name: string]>("day", dayTotal, {
    onDamage: "refuse",
  }),
  hours: family<DayHours, [day: string, scope: BoundScope, name: string]>("hours", dayHours),
  personShare: family<ShareDay, [visitor: string]>("person_share", shareDay, {
    lifetime: PERSON_DAYS * DAY,
  }),
  addressShare: family<ShareDay, [hash: string]>("address_share", shareDay, {
    lifetime: 2 * DAY,
  }),
} as const;
