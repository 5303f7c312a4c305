import { z } from "zod";
import { family } from "../../store/key.ts";
import { type Heard, heard } from "../records.ts";

const count = z.number().int().min(0);

/** A recording on its way, or complete: its pieces are appended in order. */
const upload = z.object({
  visitor: z.string(),
  /** Announced size of the whole file. */
  length: count,
  /** Bytes that have come so far. */
  offset: count,
  pieces: count,
  at: z.number(),
  /** Type and duration by its contents, once it is complete and checked. */
  sound: z.object({ type: z.string(), seconds: z.number() }).nullable(),
});

/** A visitor's uploads: what their quota counts. */
const uploads = z.array(z.object({ id: z.string(), bytes: count, at: z.number() }));

/** Bytes as the store returns them. */
const piece = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);

export type Upload = z.output<typeof upload>;
export type UploadsOfVisitor = z.output<typeof uploads>;

/** How long a recording is kept that was not sent on. */
export const UPLOAD_MS = 24 * 60 * 60_000;
const LIFE = { lifetime: UPLOAD_MS };

/*
 * Records of recordings that come in pieces.
 *
 *   key                        value                                   lives
 *   upload, id                 owner, size and progress                1 day since the last piece
 *   upload_piece, id, n        a piece of its bytes                    1 day
 *   uploads, visitor           ids, sizes and beginnings               1 day since the last one
 *   transcript, id             its paid transcript                     1 day
 *   transcribing, id           time until which a call for it holds    1 day
 */
export const uploadKeys = {
  upload: family<Upload, [id: string]>("upload", upload, LIFE),
  piece: family<Uint8Array<ArrayBuffer>, [id: string, n: number]>("upload_piece", piece, LIFE),
  ofVisitor: family<UploadsOfVisitor, [visitor: string]>("uploads", uploads, LIFE),
  transcript: family<Heard, [id: string]>("transcript", heard, LIFE),
  transcribing: family<number, [id: string]>("transcribing", z.number(), LIFE),
} as const;
