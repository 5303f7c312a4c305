import { z } from "zod";
import { family } from "../../store/key.ts";

/** A link code shown on a page or sent to a phone; see link_offer.ts. */
export const linkOffer = z.object({
  hash: z.string(),
  /** Derives the code together with the program's secret; see link_codes.ts. */
  salt: z.string(),
  /** The number it is sent to, as typed; null where the page shows it. */
  number: z.string().nullable(),
  /** Address of that person's record, if it differs from the number. */
  phone: z.string().optional(),
  /** The tool whose page requested it. */
  tool: z.string().nullable(),
  tries: z.number().int().min(0),
  expiresAt: z.number(),
  usedBy: z.string().nullable(),
});

/** A visitor's link that was ended from the other side. */
export const linkEnded = z.object({
  at: z.number(),
  /** Masked number. */
  phone: z.string(),
  /** Ended on the phone, or replaced by another link. */
  by: z.enum(["phone", "replaced"]),
});

export type LinkOfferRecord = z.output<typeof linkOffer>;
export type LinkEnded = z.output<typeof linkEnded>;

const HOUR = 60 * 60_000;

/** The code is shown on the visitor's page, or sent to a phone to be typed there. */
export type LinkWay = "page" | "phone";

/*
 * Records of linking.
 *
 *   key                      value                                     lives
 *   link_offer, visitor, way the visitor's valid code                  1 hour
 *   link_code, hash          the visitor whose page shows it           1 hour
 *   link_ended, visitor      a link ended from the other side          30 days
 */
export const linkKeys = {
  linkOffer: family<LinkOfferRecord, [visitor: string, way: LinkWay]>(
    "link_offer",
    linkOffer,
    { lifetime: HOUR },
  ),
  linkCode: family<string, [hash: string]>("link_code", z.string(), { lifetime: HOUR }),
  linkEnded: family<LinkEnded, [visitor: string]>("link_ended", linkEnded, {
    lifetime: 30 * 24 * HOUR,
  }),
} as const;
