import { z } from "zod";
import { family } from "../../store/key.ts";

/** A link code that a page shows or that was sent to a phone; see link_offer.ts. */
export const linkOffer = z.object({
  hash: z.string(),
  /** From which the program makes the code again, and nobody without its secret. */
  salt: z.string(),
  /** The number it was to be sent to, as it was typed; null where the page shows it. */
  number: z.string().nullable(),
  /** What that person is kept under, where it is something else. */
  phone: z.string().optional(),
  /** The tool whose page asked for it. */
  tool: z.string().nullable(),
  tries: z.number().int().min(0),
  expiresAt: z.number(),
  usedBy: z.string().nullable(),
});

/** That a visitor's link was ended by somebody else than himself. */
export const linkEnded = z.object({
  at: z.number(),
  /** The phone's masked number. */
  phone: z.string(),
  /** On the phone, or by another link that took its place. */
  by: z.enum(["phone", "replaced"]),
});

export type LinkOfferRecord = z.output<typeof linkOffer>;
export type LinkEnded = z.output<typeof linkEnded>;

const HOUR = 60 * 60_000;

/** Where a code is: on the visitor's page, or sent to a phone to be typed there. */
export type LinkWay = "page" | "phone";

/*
 * Linking's records.
 *
 *   key                      value                                     lives
 *   link_offer, visitor, way the code that holds for a visitor         1 hour
 *   link_code, hash          the visitor whose page shows it           1 hour
 *   link_ended, visitor      somebody else ended his link              30 days
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
