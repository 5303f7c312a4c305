import { z } from "zod";
import { family } from "../store/key.ts";

const count = z.number().int().min(0);

/** An image's metadata, stored with its message. */
export const picture = z.object({
  id: z.string(),
  type: z.string(),
  /** Size of the whole file. */
  bytes: count,
  /** In pixels; unknown for pictures of earlier versions. */
  width: count.optional(),
  height: count.optional(),
});

/** A voice message's own sound, stored with its text. */
export const recording = z.object({
  id: z.string(),
  type: z.string(),
  bytes: count,
  seconds: z.number(),
});

/** A file: its owner and number of pieces. */
const mediaFile = z.object({
  visitor: z.string(),
  type: z.string(),
  bytes: count,
  pieces: count,
  width: count.optional(),
  height: count.optional(),
});

/** Bytes as the store returns them. */
const piece = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);

/** Transcript of a voice message. */
export const heard = z.object({ text: z.string() });

export type Picture = z.output<typeof picture>;
export type KeptRecording = z.output<typeof recording>;
export type MediaFile = z.output<typeof mediaFile>;
export type Heard = z.output<typeof heard>;

const DAY = 24 * 60 * 60_000;
/**
 * Lifetime of an image whose process died before its conversation began.
 * Others are deleted with the conversation. Long enough for a clock that jumps by a year.
 */
const LIFE = { lifetime: 500 * DAY };
/** Until the message is answered, by whichever process. */
const SOON = { lifetime: DAY / 24 };

/*
 * Records of attachments.
 *
 *   key                        value                                   lives
 *   media, id                  a file's owner, type and size           as its conversation
 *   media_piece, id, n         a piece of its bytes                    as its conversation
 *   media_of, conversation, id size of a conversation's image          as its conversation
 *   media_by, visitor, id      size of a visitor's image               as its conversation
 *   heard, sid                 a voice message's paid transcript       1 hour
 *   noted, sid                 its echo was enqueued                   1 hour
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
  mediaBy: family<number, [visitor: string, id: string]>("media_by", count, LIFE),
  heard: family<Heard, [sid: string]>("heard", heard, SOON),
  noted: family<boolean, [sid: string]>("noted", z.boolean(), SOON),
} as const;
