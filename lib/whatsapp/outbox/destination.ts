import { z } from "zod";
import type { Config } from "../../config.ts";
import { whatsAppSettings } from "../../config/whatsapp.ts";
import type { Running } from "../../metering/call_records.ts";

const count = z.number().int().min(0);

/** WhatsApp destination of a turn's reply, stored with the turn. */
const delivery = z.object({
  number: z.string(),
  /** An answer to the phone's messages, or a mirror of the web conversation. */
  way: z.enum(["answer", "mirror"]),
  /** Inbox positions that it answers: `from` inclusive, `upTo` exclusive. */
  from: count,
  upTo: count,
  /** Whether the person spoke. */
  spoke: z.boolean().optional(),
  /** Text of a mirrored question. */
  question: z.string(),
  /** Maximum number of messages, without the mirrored question. */
  chunks: count,
  /** Price of one message, in nano-dollars. */
  unit: z.bigint().min(0n),
  /** Of it Twilio's fee, the price of a message that WhatsApp does not charge. */
  fee: z.bigint().min(0n).optional(),
  /** Messages a month that WhatsApp does not charge. The hold counts without them. */
  free: count.default(0),
  /** The phone is simulated: nothing goes to Twilio. */
  simulated: z.boolean(),
  /** Sent as a template outside the window. */
  template: z.boolean(),
});

export type Delivery = z.output<typeof delivery>;

/** Name under which a turn stores its delivery. */
export const PARTICIPANT = "whatsapp";

/** The delivery stored with a turn; null without one or if damaged, since the turn must end. */
export function deliveryOf({ participants, deliver }: Running): Delivery | null {
  return delivery.safeParse(participants?.[PARTICIPANT] ?? deliver).data ?? null;
}

/** Usual maximum of a token, and minimum that a message holds, in UTF-16 units. */
const TOKEN_UNITS = 8;
const MIN_MESSAGE_UNITS = 1_200;
/** No reply is longer than 30,000 units. */
const MAX_CHUNKS = 26;

/** Maximum number of messages for a reply of `maxTokens`. */
export function mostChunks(maxTokens: number): number {
  return Math.min(MAX_CHUNKS, Math.ceil(maxTokens * TOKEN_UNITS / MIN_MESSAGE_UNITS) + 1);
}

/** Maximum cost of a reply's messages and its mirrored question, in nano-dollars. */
export function maxDeliveryCost({ chunks, unit, way }: Delivery): bigint {
  return unit * BigInt(chunks + (way === "mirror" ? 1 : 0));
}

/** Whether a channel can have linked phones at all, which saves looking for one. */
export function mayMirror(config: Config, channel: string): boolean {
  // The admin area's simulated phones can be linked without Twilio.
  return channel === "web" &&
    (whatsAppSettings(config) !== null || config.ADMIN_PASSWORD !== undefined);
}
