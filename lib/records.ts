import { z } from "zod";
import { modelPrice } from "./llm/rules/prices.ts";
import { SETTINGS_LIMITS, settingsLogo, settingsSchema } from "./settings/rules/settings.ts";
import { toolSchema } from "./tools/rules/tool.ts";
import { adminKeys } from "./admin/admin_keys.ts";
import * as alerting from "./metering/alert_records.ts";
import { type DayHours, dayHours } from "./metering/hour_records.ts";
import { family } from "./store/key.ts";
import { limitKeys } from "./limits/limit_keys.ts";
import * as limiting from "./limits/limit_records.ts";
import { linkKeys } from "./whatsapp/linking/link_keys.ts";
import { mediaKeys, picture } from "./media/media_keys.ts";
import { phoneKeys } from "./whatsapp/phone_keys.ts";
import { delivery } from "./whatsapp/phone_records.ts";
import * as reviewing from "./feedback/review_records.ts";
import {
  type BinnedTool,
  binnedTool,
  type ToolVersion,
  toolVersion,
} from "./tools/tool_records.ts";

/*
 * Every key of the store, what stands under it and how long it lives. What
 * expires for security or money also stores its own end and is checked against
 * the clock: the store deletes lazily. What people said (`as set`), messages to
 * phones and deleted tools are deleted by the walk of retention.ts alone, which
 * does not believe a clock that jumps; the store would.
 *
 *   key                                   value                          lives
 *   schema                                number: version of this table  for ever
 *   commit, process                       id of a process's last commit  1 day
 *   trial, process                        a write that is only a trial   1 minute
 *   roster                                changes when a process joins   for ever
 *   process, process                      heartbeat                      until it ends
 *   running, process, turn                a turn under way and its hold  until settled
 *   progress, turn                        what a turn under way wrote    1 hour
 *   stop, process, turn                   a stop asked for elsewhere     10 minutes
 *   tools                                 changes with any tool          for ever
 *   tool, id                              a tool                         for ever
 *   head, visitor, tool                   the current conversation       as set, idle
 *   archive, visitor, tool, conversation  a conversation put aside       as set
 *   message, conversation, number         one question or reply          as set
 *   ledger, day, turn                     one entry of the ledger        for ever
 *   day, day, scope, name                 a day's sums and holds         for ever
 *   hours, day, scope, name               a day's turns by the hour      for ever
 *   alert, day, name                      an alert that was raised       30 days
 *   alert_sent, day, name                 who sends it, and when it was  30 days
 *   prices                                changes with any price         for ever
 *   price, provider, thing                own prices, each from a day on for ever
 *   audit, time, id                       who changed what, never altered for ever
 *   tool_version, tool, number            a tool as it was, and by whom  50 a tool
 *   tool_bin, tool, time                  a tool that was deleted        30 days
 *   rating, conversation, message         a person's rating of a reply   as set
 *   rated, day, scope, name               a day's ratings, counted       for ever
 *   review, conversation                  one that may be looked at      as set
 *   review_order, time, conversation      the same, by time              as set
 *   verdict, conversation, message, admin what an admin thinks of it     as set
 *   erasing, conversation                 one that is being deleted      until it is
 *   settings                              what the organisation set      for ever
 *   settings_logo                         its logo's picture             for ever
 *   secret, name                          what all processes know        for ever
 *   and the admin area's in admin_keys.ts, limits and shares in limit_keys.ts, WhatsApp's in
 *   phone_keys.ts and link_keys.ts, and what people send in media_keys.ts
 */

export type { Key, Report } from "./store/key.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long an idle conversation is kept at most. */
export const CONVERSATION_DAYS = SETTINGS_LIMITS.retentionDays;

const count = z.number().int().min(0);
const amount = z.bigint().min(0n);
const finish = z.enum(["stop", "length", "filter", "stopped", "interrupted"]);
const basis = z.enum(["reported", "estimated", "partial"]);

const notice = z.object({
  kind: z.enum(["clamped", "downgraded", "alert", "truncated"]),
  text: z.string(),
});

const failure = z.object({
  problem: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  retryable: z.boolean(),
  retryAfterSeconds: z.number().nullable(),
});

const cost = z.object({
  usd: amount,
  basis,
  simulated: z.boolean(),
});

/** The current conversation of a visitor with a tool. */
const head = z.object({
  conversation: z.string(),
  /** The number that the next message gets. */
  next: count,
  /** How many turns have begun. */
  turns: count,
  spent: amount,
  running: z.object({
    turn: z.string(),
    request: z.string(),
    process: z.string(),
    question: count,
  }).nullable(),
  last: z.object({
    turn: z.string(),
    request: z.string(),
    question: count,
    replied: z.boolean(),
    failure: failure.nullable(),
    notices: z.array(notice),
  }).nullable(),
  updatedAt: z.number(),
  /** Whether the person has rated any of its replies. */
  rated: z.boolean().optional(),
});

/** A conversation that was put aside, to be taken up again. */
const archived = z.object({ title: z.string(), head });

const message = z.object({
  id: z.string(),
  turn: z.string(),
  role: z.enum(["user", "assistant"]),
  text: z.string(),
  pictures: z.array(picture).optional(),
  at: z.number(),
  channel: z.string(),
  reply: z.object({
    model: z.string(),
    cost,
    reason: finish,
    estimate: amount,
    variant: z.string().nullable().optional(),
    /** The tool's version that replied. */
    version: count.optional(),
  }).nullable(),
  /** Whether it was sent while people were told that conversations are looked at. */
  reviewable: z.boolean().optional(),
});

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
  shares: z.object({ of: z.array(limiting.sharer), held: amount }).optional(),
  /** Where its reply goes beside the page, in the commit that settles it. */
  deliver: delivery.nullable().optional(),
});

/** What there is of a reply under way: its text, and how many bytes of thinking came that is not shown. */
const progress = z.union([
  z.string().transform((text) => ({ text, thinking: 0 })),
  z.object({ text: z.string(), thinking: count }),
]);

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

/** What somebody did in the admin area. */
const auditEntry = z.object({
  at: z.number(),
  who: z.string(),
  action: z.string(),
  /** What it was done to, as `kind:id`. */
  thing: z.string(),
  /** JSON of what it was before and after, as far as they differ. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});

/** How long a deleted tool can be taken back. */
export const BIN_DAYS = 30;

export type Head = z.output<typeof head>;
export type Archived = z.output<typeof archived>;
export type Message = z.output<typeof message>;
export type Running = z.output<typeof running>;
export type Progress = z.output<typeof progress>;
export type LedgerEntry = z.output<typeof ledgerEntry>;
export type DayTotal = z.output<typeof dayTotal>;
export type { DayHours, Load } from "./metering/hour_records.ts";
export type { Alert } from "./metering/alert_records.ts";
export type OwnPrice = z.output<typeof ownPrice>;
export type AuditEntry = z.output<typeof auditEntry>;
export type { BinnedTool, ToolVersion } from "./tools/tool_records.ts";
export type Failure = z.output<typeof failure>;
export type Notice = z.output<typeof notice>;
/** The name of the organisation's own day among the scopes. */
export const ALL = "all";
export const scope = z.enum(["organisation", "tool", "model", "channel", "variant"]);
export type Scope = z.output<typeof scope>;
/** The scopes that have ceilings; their turns are also counted by the hour. */
export type BoundScope = Extract<Scope, "organisation" | "tool">;

const heartbeat = z.object({
  /** Where the process runs, so that one on the same machine can see that it is gone. */
  place: z.string(),
  pid: z.number(),
  expiresAt: z.number(),
});

export const keys = {
  schema: family<number, []>("schema", z.number().int(), { onDamage: "refuse" }),
  commit: family<string, [process: string]>("commit", z.string(), {
    onDamage: "refuse",
    lifetime: DAY,
  }),
  trial: family<Uint8Array, [process: string]>("trial", z.instanceof(Uint8Array)),
  roster: family<string, []>("roster", z.string()),
  process: family<z.output<typeof heartbeat>, [process: string]>("process", heartbeat),
  running: family<Running, [process: string, turn: string]>("running", running, {
    onDamage: "refuse",
    readSoon: true,
  }),
  progress: family<Progress, [turn: string]>("progress", progress, { lifetime: 60 * MINUTE }),
  stop: family<boolean, [process: string, turn: string]>("stop", z.boolean(), {
    lifetime: 10 * MINUTE,
  }),
  tools: family<string, []>("tools", z.string()),
  tool: family<z.output<typeof toolSchema>, [id: string]>("tool", toolSchema),
  head: family<Head, [visitor: string, tool: string]>("head", head),
  archive: family<Archived, [visitor: string, tool: string, conversation: string]>(
    "archive",
    archived,
  ),
  message: family<Message, [conversation: string, number: number]>("message", message),
  ledger: family<LedgerEntry, [day: string, turn: string]>("ledger", ledgerEntry, {
    onDamage: "refuse",
  }),
  alert: family<alerting.Alert, [day: string, name: string]>("alert", alerting.alert, {
    lifetime: 30 * DAY,
  }),
  alertSent: family<alerting.AlertSent, [day: string, name: string]>(
    "alert_sent",
    alerting.alertSent,
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
  audit: family<AuditEntry, [at: number, id: string]>("audit", auditEntry),
  toolVersion: family<ToolVersion, [tool: string, number: number]>("tool_version", toolVersion),
  toolBin: family<BinnedTool, [tool: string, at: number]>("tool_bin", binnedTool),
  rating: family<reviewing.Rating, [conversation: string, message: string]>(
    "rating",
    reviewing.rating,
  ),
  rated: family<reviewing.Rated, [day: string, scope: Scope, name: string]>(
    "rated",
    reviewing.rated,
  ),
  review: family<reviewing.Review, [conversation: string]>("review", reviewing.review),
  reviewOrder: family<boolean, [at: number, conversation: string]>(
    "review_order",
    z.boolean(),
  ),
  verdict: family<reviewing.Verdict, [conversation: string, message: string, admin: string]>(
    "verdict",
    reviewing.verdict,
  ),
  erasing: family<{ messages: number }, [conversation: string]>("erasing", reviewing.erasing),
  settings: family<z.output<typeof settingsSchema>, []>("settings", settingsSchema),
  settingsLogo: family<z.output<typeof settingsLogo>, []>("settings_logo", settingsLogo),
  secret: family<string, [name: string]>("secret", z.string().min(43), { onDamage: "refuse" }),
  ...adminKeys,
  ...limitKeys,
  ...mediaKeys,
  ...phoneKeys,
  ...linkKeys,
} as const;
