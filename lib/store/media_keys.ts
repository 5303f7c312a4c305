import { z } from "zod";
import { family } from "./key.ts";
import * as media from "./media_records.ts";

const DAY = 24 * 60 * 60_000;
/** As long as the message that shows it. */
const LIFE = { lifetime: 90 * DAY };

/*
 * What people send besides text: its part of the table of keys in keys.ts.
 *
 *   key                        value                                   lives
 *   media, id                  a picture: whose, of which type         90 days
 *   media_piece, id, n         so many of its bytes                    90 days
 *   media_of, conversation, id the bytes of a conversation's picture   90 days
 *   heard, sid                 what a voice message says, paid for     2 days
 */
export const mediaKeys = {
  media: family<media.MediaFile, [id: string]>("media", media.mediaFile, LIFE),
  mediaPiece: family<Uint8Array<ArrayBuffer>, [id: string, n: number]>(
    "media_piece",
    media.piece,
    LIFE,
  ),
  mediaOf: family<number, [conversation: string, id: string]>(
    "media_of",
    z.number().int().min(0),
    LIFE,
  ),
  heard: family<media.Heard, [sid: string]>("heard", media.heard, { lifetime: 2 * DAY }),
} as const;
