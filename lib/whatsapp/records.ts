import { z } from "zod";
import { family } from "../store/key.ts";
import { deliveryStatusSchema } from "./rules/delivery_status.ts";
import { mirrorSchema, openQuestionSchema, voiceModeSchema } from "./dialogue/state.ts";
import { languageSchema } from "../shared/languages.ts";

const count = z.number().int().min(0);
const amount = z.bigint().min(0n);

/** A person on WhatsApp. Inbox and outbox positions count from 0 and are processed in order. */
export const phone = z.object({
  /** Their own visitor; that of their conversations is `linked?.visitor ?? own`. */
  own: z.string(),
  linked: z.object({ visitor: z.string(), since: z.number(), mirror: mirrorSchema }).nullable(),
  /** The address of their last message, to which messages go, if it is not the record's key. */
  address: z.string().optional(),
  /** Other addresses (ids or numbers) that Twilio sent together with a known one. */
  aliases: z.array(z.string()).optional(),
  /** Numbers of records being merged into this one, see `joins`. */
  joining: z.array(z.string()).optional(),
  /** Number of the record that this one is merged into once its work is done. */
  joins: z.string().optional(),
  /** Id of the current tool. */
  tool: z.string().nullable(),
  language: languageSchema,
  /** When replies are also spoken; absent until the person says so. */
  voice: voiceModeSchema.optional(),
  /** Replies to be spoken, oldest first, each after its text at outbox position `n`. */
  speeches: z.array(
    z.object({ conversation: z.string(), turn: z.string(), n: count, at: z.number() }),
  ).optional(),
  /** The page shown of the list of tools. */
  menuPage: count.nullable(),
  pending: openQuestionSchema.nullable(),
  /** STOP was received: no messages until START. */
  optedOut: z.boolean(),
  /** Blocked by an administrator: their messages are neither answered nor stored. */
  blocked: z.boolean(),
  /** Handoff: an administrator answers in place of the bot until then. */
  takeover: z.object({ by: z.string(), until: z.number() }).nullable(),
  lastInboundAt: z.number().nullable(),
  /** SID of their latest message, for the typing indicator. */
  lastSid: z.string().nullable(),
  /** Twilio reported the window closed, contrary to our clock; reset by their next message. */
  windowShut: z.boolean(),
  /** Whether the greeting was sent. */
  welcomed: z.boolean(),
  /** Inbox positions: the next message, and the first unanswered one. */
  arrived: count,
  answered: count,
  /** Failed attempts to answer the first unanswered message. */
  tries: count,
  /** Outbox positions: the next message, and the first pending one. */
  next: count,
  sent: count,
  /** Outbox messages below this position are dropped after STOP or a block. */
  dropBefore: count,
  /** Outbox positions of failed messages to be sent again, see {@link Outbox.repeat}. */
  repeats: z.array(count).optional(),
  /** The last delivery failure. */
  failure: z.object({ code: count.nullable(), at: z.number() }).nullable(),
  /** Outbox position of the review notice, and the time Twilio accepted it. */
  review: z.object({ n: count, at: z.number().nullable() }).optional(),
  /** Times until which notices of the rate limit and the budget are not repeated. */
  told: z.object({
    limited: z.number(),
    overBudget: z.number(),
    /** The same for tool suggestions. */
    proposed: z.number().optional(),
    /** Tools of whose memory they were told. */
    remembers: z.array(z.string()).optional(),
  }),
  /** Cost of a day's messages and replies. */
  today: z.object({ day: z.string(), usd: amount }),
  /** Total cost of their messages and replies. */
  spent: amount.default(0n),
  createdAt: z.number(),
  updatedAt: z.number(),
});

const attached = z.object({ url: z.string(), type: z.string() });

/** An unanswered inbound message. */
export const inbox = z.object({
  sid: z.string(),
  text: z.string(),
  media: z.array(attached),
  /** Twilio's `MessageType` (`text`, `image`, `location`, …). */
  type: z.string().nullable(),
  at: z.number(),
  /** The text is never a command: a question that was postponed until YES or NO. */
  asks: z.boolean().optional(),
});

export const outboxKind = z.enum([
  /** A tool's reply. */
  "reply",
  /** The program's answer to a command. */
  "answer",
  /** A mirrored web message. */
  "mirror",
  /** An administrator's message. */
  "human",
  /** An unsolicited message of the program. */
  "notice",
  /** A link code or another secret; its text is deleted once sent. */
  "code",
  /** The confirmation of STOP, the only message after it. */
  "goodbye",
]);

/** States of delivery; transitions in `rules/outbox_state.ts`. */
export const outboxState = z.enum([
  "waiting",
  "trying",
  "taken",
  "unknown",
  "refused",
  "dropped",
]);

/** An outbound message, pending or done. */
export const outbox = z.object({
  kind: outboxKind,
  body: z.string(),
  /** A voice note in place of text, with the end of its address. */
  voice: z.object({ id: z.string(), seconds: z.number(), until: z.number() }).optional(),
  /** Address of the last attempt. */
  to: z.string().optional(),
  /** The turn of the reply it is part of; after a refused part the rest is dropped. */
  turn: z.string().nullable(),
  /** The administrator who wrote it. */
  by: z.string().nullable(),
  state: outboxState,
  /** Sent as the template, outside the window. */
  template: z.boolean(),
  sid: z.string().nullable(),
  /** The furthest status reported. */
  status: deliveryStatusSchema.nullable(),
  /** Twilio's error code. */
  code: count.nullable(),
  why: z.enum(["optedOut", "blocked", "window", "follows", "gaveUp", "overBudget"]).nullable(),
  tries: count,
  /** Lookups at Twilio without a match. */
  absences: count,
  attemptAt: z.number().nullable(),
  /** Earliest time of the next attempt or lookup. */
  notBefore: z.number(),
  at: z.number(),
  /** Number of earlier failed deliveries. */
  sentBefore: count.optional(),
  /** After a passing failure: time of the repetition, and its outbox position once appended. */
  repeat: z.object({ at: z.number(), as: count.nullable() }).optional(),
  /** Its ledger entry; null once refunded. */
  entry: z.object({ day: z.string(), name: z.string(), hour: count }).nullable(),
});

/** An outbound message by Twilio's SID; `number` is null while only its status is known. */
export const sent = z.object({
  number: z.string().nullable(),
  n: count,
  status: deliveryStatusSchema.nullable(),
  code: count.nullable(),
  at: z.number(),
});

/** A phone with pending work, and the lease of the process that does it. */
export const work = z.object({
  lease: z.object({ process: z.string(), until: z.number() }).nullable(),
});

/** An administrator's simulated phone and the messages sent from it. */
export const simulated = z.object({
  /** Number of phones discarded before this one. */
  phone: count,
  said: z.array(z.object({
    sid: z.string(),
    text: z.string(),
    at: z.number(),
    /** Media type of the attachment. */
    attached: z.string().nullable(),
  })),
});

export type Simulated = z.output<typeof simulated>;
/** Grants the holder of a token access to a visitor's data. */
export const exportPass = z.object({ visitor: z.string(), until: z.number() });

export type Phone = z.output<typeof phone>;
export type Inbox = z.output<typeof inbox>;
export type Outbox = z.output<typeof outbox>;
export type OutboxKind = z.output<typeof outboxKind>;
export type Sent = z.output<typeof sent>;
export type PhoneWork = z.output<typeof work>;

const DAY = 24 * 60 * 60_000;
/** Days for which outbound messages are kept. */
export const OUTBOX_DAYS = 90;

/*
 * WhatsApp's records. `number` is a person's key: their number in E.164, or WhatsApp's id if the
 * number is hidden.
 *
 *   key                      value                                     lifetime
 *   phone, number            person                                    unlimited
 *   alias, address           number of the person with this address    unlimited
 *   person, id               number of the person with own `phone:id`  unlimited
 *   linked, visitor          number linked with a web visitor          until unlinked
 *   inbox, number, order     unanswered message                        until answered
 *   claimed, sid             a message of Twilio's was taken; kept,    unlimited
 *                            since signatures never expire
 *   outbox, number, n        outbound message                          90 days
 *   sent, sid                outbound message by Twilio's SID          90 days
 *   export_pass, hash        access to a person's data                 1 day
 *   work, number             pending work and its lease                until done
 *   simulator, admin         messages from a simulated phone           7 days
 */
export const phoneKeys = {
  phone: family<Phone, [number: string]>("phone", phone, { onDamage: "refuse" }),
  alias: family<string, [address: string]>("alias", z.string()),
  person: family<string, [id: string]>("person", z.string()),
  linked: family<string, [visitor: string]>("linked", z.string()),
  inbox: family<Inbox, [number: string, order: number]>("inbox", inbox),
  claimed: family<boolean, [sid: string]>("claimed", z.boolean()),
  outbox: family<Outbox, [number: string, n: number]>("outbox", outbox),
  sent: family<Sent, [sid: string]>("sent", sent, { lifetime: OUTBOX_DAYS * DAY }),
  simulator: family<Simulated, [admin: string]>("simulator", simulated, {
    lifetime: 7 * DAY,
  }),
  exportPass: family<{ visitor: string; until: number }, [hash: string]>(
    "export_pass",
    exportPass,
    { lifetime: DAY },
  ),
  work: family<PhoneWork, [number: string]>("work", work),
  /** Outgoing messages of a month (YYYY-MM), of which WhatsApp charges the first ones to nobody. */
  replies: family<number, [month: string]>("replies", count),
} as const;
