import { z } from "zod";
import type { ChatEvent, ErrorEvent } from "../../shared/chat_events.ts";

const usd = z.string().regex(/^-?\d+\.\d{2,}$/);
const seq = z.number().int().min(0);
/** The shown version among those of a message, and its neighbours. */
const versions = z.strictObject({
  at: seq,
  of: seq,
  before: seq.nullable(),
  after: seq.nullable(),
});

/** The data of each event of a chat by its type; see lib/shared/chat_events.ts. */
export const CHAT_EVENT_SCHEMAS = {
  start: z.strictObject({
    turnId: z.string(),
    model: z.string(),
    variant: z.string().nullable(),
    estimate: z.strictObject({ usd }),
    question: z.strictObject({
      id: z.string(),
      seq,
      text: z.string(),
      html: z.string(),
      channel: z.string(),
      at: z.number(),
    }),
    simulated: z.boolean(),
    versions: z.strictObject({ question: versions.optional(), reply: versions.optional() })
      .optional(),
  }),
  delta: z.strictObject({ text: z.string() }),
  html: z.strictObject({ blocks: z.array(z.string()), upTo: seq }),
  cost: z.strictObject({
    turn: usd,
    session: usd,
    toolToday: usd,
    ceiling: usd.nullable(),
    level: z.enum(["green", "yellow", "red"]),
    basis: z.enum(["reported", "estimated", "partial"]),
    simulated: z.boolean(),
  }),
  notice: z.strictObject({
    kind: z.enum(["clamped", "downgraded", "alert", "truncated", "failed_over"]),
    text: z.string(),
  }),
  done: z.strictObject({
    messageId: z.string(),
    seq,
    html: z.string(),
    at: z.number(),
    reason: z.enum(["stop", "length", "filter", "stopped", "interrupted"]),
  }),
  withdrawn: z.strictObject({ code: z.string() }),
  /** Its `problem` is sent as `type`, as problem details have it. */
  error: z.strictObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    retryable: z.boolean(),
    retryAfterSeconds: z.number().nullable(),
  }),
  reload: z.strictObject({}),
} satisfies
  & {
    [Type in Exclude<ChatEvent["type"], "error">]: z.ZodType<
      Omit<Extract<ChatEvent, { type: Type }>, "type">
    >;
  }
  & { error: z.ZodType<Omit<ErrorEvent, "problem" | "type">> };

/** The data of any event. */
export const chatEventData = z.union(Object.values(CHAT_EVENT_SCHEMAS));
