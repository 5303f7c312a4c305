import { z } from "zod";

const count = z.number().int().min(0);
const amount = z.bigint().min(0n);

/** Where a turn's reply goes beside the web page; kept in the turn. */
export const delivery = z.object({
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
  unit: amount,
  /** Whether nothing of it goes to Twilio. */
  simulated: z.boolean(),
  /** Whether a template takes its place outside of the 24 hours. */
  template: z.boolean(),
});

export type Delivery = z.output<typeof delivery>;

/** What the messages of a reply, and of its question on the web, come to at most. */
export function mostCost({ chunks, unit, way }: Delivery): bigint {
  return unit * BigInt(chunks + (way === "mirror" ? 1 : 0));
}
