import { z } from "zod";

/** A link code that a page shows or that was sent to a phone; see domain/link_offer.ts. */
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
