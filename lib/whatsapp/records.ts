import { z } from "zod";
import { family } from "../store/key.ts";
import { deliveryStatusSchema } from "./rules/delivery_status.ts";
import { mirrorSchema, openQuestionSchema } from "./dialogue/state.ts";
import { languageSchema } from "../shared/languages.ts";

const count = z.number().int().min(0);
const amount = z.bigint().min(0n);

/**
 * A person on WhatsApp. Messages that came are numbered from 0, and so are those
 * that go out; both are done with strictly in order.
 */
export const phone = z.object({
  /** The visitor that he is by himself; his conversations' visitor is `linked?.visitor ?? own`. */
  own: z.string(),
  linked: z.object({ visitor: z.string(), since: z.number(), mirror: mirrorSchema }).nullable(),
  /** Where messages go, where that is not the number he is kept under: the address he wrote from last. */
  address: z.string().optional(),
  /** His other addresses: ids, or numbers, that Twilio told with one that was known. */
  aliases: z.array(z.string()).optional(),
  /** Numbers whose records are becoming part of this one, see `joins`. */
  joining: z.array(z.string()).optional(),
  /** The number of the record that this one turned out to belong to; it ends when its work is done. */
  joins: z.string().optional(),
  /** The tool he talks to. */
  tool: z.string().nullable(),
  language: languageSchema,
  /** The page of the list of tools on his screen. */
  menuPage: count.nullable(),
  pending: openQuestionSchema.nullable(),
  /** He sent STOP: nothing goes to him until START. */
  optedOut: z.boolean(),
  /** An admin wants nothing of him: what he sends is neither answered nor kept. */
  blocked: z.boolean(),
  /** A person of the organisation answers him, the bot is silent until then. */
  takeover: z.object({ by: z.string(), until: z.number() }).nullable(),
  lastInboundAt: z.number().nullable(),
  /** His latest message, for the typing indicator. */
  lastSid: z.string().nullable(),
  /** Twilio said that the 24 hours are over, whatever we counted; false again when he writes. */
  windowShut: z.boolean(),
  /** Whether he was ever greeted. */
  welcomed: z.boolean(),
  /** The number that the next message from him gets, and the first that is not answered yet. */
  arrived: count,
  answered: count,
  /** How often the first unanswered one was begun to no end. */
  tries: count,
  /** The number that the next message to him gets, and the first that is not done with yet. */
  next: count,
  sent: count,
  /** Messages to him below this number are not sent any more: he sent STOP, or was blocked. */
  dropBefore: count,
  /** Numbers of messages to him that did not arrive and are sent again, see Outbox.repeat. */
  repeats: z.array(count).optional(),
  /** What went wrong last in getting a message to him. */
  failure: z.object({ code: count.nullable(), at: z.number() }).nullable(),
  /** The message that tells that people may read along, and when Twilio took it. */
  review: z.object({ n: count, at: z.number().nullable() }).optional(),
  /** Until when he need not be told again that he is too fast, or that the day's budget is used up. */
  told: z.object({
    limited: z.number(),
    overBudget: z.number(),
    /** The same for another tool being proposed. */
    proposed: z.number().optional(),
  }),
  /** What his messages of a day cost in all. */
  today: z.object({ day: z.string(), usd: amount }),
  /** What his messages, and the replies to them, cost in all. */
  spent: amount.default(0n),
  createdAt: z.number(),
  updatedAt: z.number(),
});

/** Something attached to a message that came. */
const attached = z.object({ url: z.string(), type: z.string() });

/** A message that came and is not answered yet. */
export const inbox = z.object({
  sid: z.string(),
  text: z.string(),
  media: z.array(attached),
  /** Twilio's word for what it is (`text`, `image`, `location`, …), or null. */
  type: z.string().nullable(),
  at: z.number(),
  /** Its text is for the tool, whatever it looks like: a question that was put off until YES or NO. */
  asks: z.boolean().optional(),
});

/** What a message to somebody is. */
export const outboxKind = z.enum([
  /** What a tool's model said. */
  "reply",
  /** What the program said to a command. */
  "answer",
  /** What was said on the web. */
  "mirror",
  /** What a person of the organisation wrote. */
  "human",
  /** What the program says unasked. */
  "notice",
  /** A link code, or what else is for the person alone. */
  "code",
  /** The confirmation of STOP: the one message that goes out after it. */
  "goodbye",
]);

/**
 * `waiting` → `trying` (committed before Twilio is asked) → `taken`, or `refused`;
 * `unknown` when nobody can say; `dropped` when it was never tried.
 */
export const outboxState = z.enum([
  "waiting",
  "trying",
  "taken",
  "unknown",
  "refused",
  "dropped",
]);

/** A message to somebody, before and after it was sent. */
export const outbox = z.object({
  kind: outboxKind,
  body: z.string(),
  /** The address that it was sent to last. */
  to: z.string().optional(),
  /** The turn whose reply it is part of; the rest is dropped where a part is refused. */
  turn: z.string().nullable(),
  /** The admin who wrote it. */
  by: z.string().nullable(),
  state: outboxState,
  /** Sent as the template, for the window was closed. */
  template: z.boolean(),
  sid: z.string().nullable(),
  /** The furthest that Twilio reported. */
  status: deliveryStatusSchema.nullable(),
  /** Twilio's error code, or ours for why it was dropped: null without one. */
  code: count.nullable(),
  why: z.enum(["optedOut", "blocked", "window", "follows", "gaveUp", "overBudget"]).nullable(),
  tries: count,
  /** How often it was looked for at Twilio in vain. */
  absences: count,
  attemptAt: z.number().nullable(),
  /** Not tried, or looked for, before. */
  notBefore: z.number(),
  at: z.number(),
  /** How often the same message had been sent before, and did not arrive. */
  sentBefore: count.optional(),
  /** Set once it did not arrive for a passing reason: when it is sent again, or as which message it was. */
  repeat: z.object({ at: z.number(), as: count.nullable() }).optional(),
  /** Its entry in the ledger; null when it has none any more. */
  entry: z.object({ day: z.string(), name: z.string(), hour: count }).nullable(),
});

/** A message of ours by Twilio's SID; `number` is null while only its status came. */
export const sent = z.object({
  number: z.string().nullable(),
  n: count,
  status: deliveryStatusSchema.nullable(),
  code: count.nullable(),
  at: z.number(),
});

/** A phone with something to do, and the process that does it. */
export const work = z.object({
  lease: z.object({ process: z.string(), until: z.number() }).nullable(),
});

/** The phone of an admin's own in the simulator: which one it is, and what was said on it. */
export const simulated = z.object({
  /** Counts the phones that were thrown away. */
  phone: count,
  said: z.array(z.object({
    sid: z.string(),
    text: z.string(),
    at: z.number(),
    /** The type of what was attached. */
    attached: z.string().nullable(),
  })),
});

export type Simulated = z.output<typeof simulated>;
/** Lets whoever has the token read what is kept of a visitor. */
export const exportPass = z.object({ visitor: z.string(), until: z.number() });

export type Phone = z.output<typeof phone>;
export type Inbox = z.output<typeof inbox>;
export type Outbox = z.output<typeof outbox>;
export type OutboxKind = z.output<typeof outboxKind>;
export type Sent = z.output<typeof sent>;
export type PhoneWork = z.output<typeof work>;

const DAY = 24 * 60 * 60_000;

/*
 * WhatsApp's records. `number` is a person's: E.164,
 * or WhatsApp's id of one who hides it.
 *
 *   key                      value                                     lives
 *   phone, number            a person on WhatsApp                      for ever
 *   alias, address           the number under which a person with      for ever
 *                            another address is kept
 *   person, id               the number of phone.own `phone:id`        for ever
 *   linked, visitor          the number that a web visitor is          until unlinked
 *   inbox, number, order     a message that came and is not answered   until it is
 *   claimed, sid             a message of Twilio's that was taken: its for ever
 *                            signature is good for ever, and tells no time
 *   outbox, number, n        a message to somebody                     90 days
 *   sent, sid                which of them Twilio's SID is             90 days
 *   export_pass, hash        opens a person's own data                 1 day
 *   work, number             has something to do; who does it          until it is done
 *   simulator, admin         what was said on an admin's own phone     7 days
 */
export const phoneKeys = {
  phone: family<Phone, [number: string]>("phone", phone, { onDamage: "refuse" }),
  alias: family<string, [address: string]>("alias", z.string()),
  person: family<string, [id: string]>("person", z.string()),
  linked: family<string, [visitor: string]>("linked", z.string()),
  inbox: family<Inbox, [number: string, order: number]>("inbox", inbox),
  claimed: family<boolean, [sid: string]>("claimed", z.boolean()),
  outbox: family<Outbox, [number: string, n: number]>("outbox", outbox),
  sent: family<Sent, [sid: string]>("sent", sent, { lifetime: 90 * DAY }),
  simulator: family<Simulated, [admin: string]>("simulator", simulated, {
    lifetime: 7 * DAY,
  }),
  exportPass: family<{ visitor: string; until: number }, [hash: string]>(
    "export_pass",
    exportPass,
    { lifetime: DAY },
  ),
  work: family<PhoneWork, [number: string]>("work", work),
} as const;
