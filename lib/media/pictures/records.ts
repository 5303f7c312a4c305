import { z } from "zod";
import { family } from "../../store/key.ts";

const count = z.number().int().min(0);

/** A picture that was chosen and not sent yet. */
const staged = z.object({
  visitor: z.string(),
  type: z.string(),
  bytes: count,
  pieces: count,
  width: count,
  height: count,
  at: z.number(),
});

/** A visitor's staged pictures, for their quota. */
const stagedOf = z.array(z.object({ id: z.string(), bytes: count, at: z.number() }));

/** Bytes as the store returns them. */
const piece = z.custom<Uint8Array<ArrayBuffer>>((value) => value instanceof Uint8Array);

export type StagedPicture = z.output<typeof staged>;
export type StagedOfVisitor = z.output<typeof stagedOf>;

/** How long a picture that was not sent is kept. */
export const STAGED_MS = 24 * 60 * 60_000;
const LIFE = { lifetime: STAGED_MS };

/*
 * Records of pictures between their choice and their message.
 *
 *   key                    value                               lives
 *   staged, id             owner, type and size                1 day
 *   staged_piece, id, n    a piece of its bytes                1 day
 *   staged_of, visitor     ids and sizes                       1 day since the last one
 */
export const stagedKeys = {
  staged: family<StagedPicture, [id: string]>("staged", staged, LIFE),
  piece: family<Uint8Array<ArrayBuffer>, [id: string, n: number]>("staged_piece", piece, LIFE),
  ofVisitor: family<StagedOfVisitor, [visitor: string]>("staged_of", stagedOf, LIFE),
} as const;
