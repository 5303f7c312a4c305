import { z } from "zod";
import type { Config } from "../../config.ts";
import { whatsAppSettings } from "../../config/whatsapp.ts";
import type { Running } from "../../metering/call_records.ts";

const count = z.number().int().min(0);

/** Where a turn's reply goes beside the web page; kept in the turn. */
const delivery = z.object({
  number: z.string(),
  /** Whether it answers what came from the phone, or mirrors the web. */
  way: z.enum(["answer", "mirror"]),
  /** The numbers of the messages that it answers: from, and up to without. */
  from: count,
  upTo: count,
  /** What was said, for a mirrored question. */
  question: z.string(),
  /** The most messages that it is sent as, the mirrored question not counted. */
  chunks: count,
  /** What one costs, in nano-dollars. */
  unit: z.bigint().min(0n),
  /** Whether nothing of it goes to Twilio. */
  simulated: z.boolean(),
  /** Whether a template takes its place outside of the 24 hours. */
  template: z.boolean(),
});

export type Delivery = z.output<typeof delivery>;

/** Under this name a turn keeps its delivery. */
export const PARTICIPANT = "whatsapp";

/**
 * Where the reply of a turn goes beside the page; null where it goes nowhere, or where that cannot be
 * read: a turn must end all the same.
 */
export function deliveryOf({ participants, deliver }: Running): Delivery | null {
  return delivery.safeParse(participants?.[PARTICIPANT] ?? deliver).data ?? null;
}

/** What a token comes to at most, as a rule, and a message holds at least, in UTF-16 units. */
const TOKEN_UNITS = 8;
const MESSAGE_UNITS = 1_200;
/** No reply is longer than 30,000 units. */
const MOST_CHUNKS = 26;

/** The most messages that a reply of so many tokens is sent as. */
export function mostChunks(maxTokens: number): number {
  return Math.min(MOST_CHUNKS, Math.ceil(maxTokens * TOKEN_UNITS / MESSAGE_UNITS) + 1);
}

/** What the messages of a reply, and of its question on the web, come to at most. */
export function maxDeliveryCost({ chunks, unit, way }: Delivery): bigint {
  return unit * BigInt(chunks + (way === "mirror" ? 1 : 0));
}

/** Whether what is said in a channel can reach a linked phone; where none can be, nobody looks for one. */
export function mayMirror(config: Config, channel: string): boolean {
  // The admin area has phones of its own, with which all can be tried without Twilio.
  return channel === "web" &&
    (whatsAppSettings(config) !== null || config.ADMIN_PASSWORD !== undefined);
}
