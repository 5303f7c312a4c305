import { z } from "zod";
import { family } from "../../store/key.ts";

const count = z.number().int().min(0);

/*
 *   key                                   value                          lives
 *   share, id                             a read-only link               30 days
 *   share_of, visitor, conversation, id   its end                        30 days
 */

/** A conversation up to a message, as it was shown when the link was made. */
const share = z.object({
  visitor: z.string(),
  tool: z.string(),
  conversation: z.string(),
  path: z.array(z.tuple([count, count]).readonly()).readonly(),
  /** Number after its last message. */
  next: count,
  at: z.number(),
  until: z.number(),
});
export type Share = z.output<typeof share>;

export const shareKeys = {
  share: family<Share, [id: string]>("share", share),
  shareOf: family<number, [visitor: string, conversation: string, id: string]>(
    "share_of",
    z.number(),
  ),
} as const;
