import { z } from "zod";

const count = z.number().int().min(0);

/** A picture of a message: what is told of it with the message. */
export const picture = z.object({
  id: z.string(),
  type: z.string(),
  /** Of the whole file. */
  bytes: count,
});

/** A picture's file: whose it is, and in how many pieces it is kept. */
export const mediaFile = z.object({
  visitor: z.string(),
  type: z.string(),
  bytes: count,
  pieces: count,
});

/** Bytes as the store gives them back. */
export const piece = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);

/** What was heard in a voice message. */
export const heard = z.object({ text: z.string() });

export type Picture = z.output<typeof picture>;
export type MediaFile = z.output<typeof mediaFile>;
export type Heard = z.output<typeof heard>;
