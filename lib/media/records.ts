import { z } from "zod";
import { family } from "../store/key.ts";

const count = z.number().int().min(0);

/** A picture of a message: what is told of it with the message. */
export const picture = z.object({
  id: z.string(),
  type: z.string(),
  /** Of the whole file. */
  bytes: count,
});

/** A picture's file: whose it is, and in how many pieces it is kept. */
const mediaFile = z.object({
  visitor: z.string(),
  type: z.string(),
  bytes: count,
  pieces: count,
});

/** Bytes as the store gives them back. */
const piece = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);

/** What was heard in a voice message. */
const heard = z.object({ text: z.string() });

export type Picture = z.output<typeof picture>;
export type MediaFile = z.output<typeof mediaFile>;
export type Heard = z.output<typeof heard>;

const DAY = 24 * 60 * 60_000;
/**
 * It is deleted with its conversation; this is for one whose process died before
 * the conversation began, and long enough for a clock that jumps by a year.
 */
const LIFE = { lifetime: 500 * DAY };
/** Until a message is surely answered, by whichever process. */
const SOON = { lifetime: DAY / 24 };

/*
 * What people send besides text: its records.
 *
 *   key                        value                                   lives
 *   media, id                  a picture: whose, of which type         as its conversation
 *   media_piece, id, n         so many of its bytes                    as its conversation
 *   media_of, conversation, id the bytes of a conversation's picture   as its conversation
 *   heard, sid                 what a voice message says, paid for     1 hour
 *   noted, sid                 its echo is on its way                  1 hour
 */
export const mediaKeys = {
  media: family<MediaFile, [id: string]>("media", mediaFile, LIFE),
  mediaPiece: family<Uint8Array<ArrayBuffer>, [id: string, n: number]>(
    "media_piece",
    piece,
    LIFE,
  ),
  mediaOf: family<number, [conversation: string, id: string]>(
    "media_of",
    z.number().int().min(0),
    LIFE,
  ),
  heard: family<Heard, [sid: string]>("heard", heard, SOON),
  noted: family<boolean, [sid: string]>("noted", z.boolean(), SOON),
} as const;
