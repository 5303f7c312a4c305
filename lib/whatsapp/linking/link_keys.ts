import { z } from "zod";
import { family } from "../../store/key.ts";
import * as links from "./link_records.ts";

const HOUR = 60 * 60_000;

/** Where a code is: on the visitor's page, or sent to a phone to be typed there. */
export type LinkWay = "page" | "phone";

/*
 * Linking's part of the table of keys in keys.ts.
 *
 *   key                      value                                     lives
 *   link_offer, visitor, way the code that holds for a visitor         1 hour
 *   link_code, hash          the visitor whose page shows it           1 hour
 *   link_ended, visitor      somebody else ended his link              30 days
 */
export const linkKeys = {
  linkOffer: family<links.LinkOfferRecord, [visitor: string, way: LinkWay]>(
    "link_offer",
    links.linkOffer,
    { lifetime: HOUR },
  ),
  linkCode: family<string, [hash: string]>("link_code", z.string(), { lifetime: HOUR }),
  linkEnded: family<links.LinkEnded, [visitor: string]>("link_ended", links.linkEnded, {
    lifetime: 30 * 24 * HOUR,
  }),
} as const;
