import { z } from "zod";
import { wholeNumber } from "./values.ts";

/** The times of the requests that count stand in one record: nine bytes each, 64 KiB at most. */
const MOST_REQUESTS = 7_000;
const rate = wholeNumber(1, MOST_REQUESTS, `a whole number from 1 to ${MOST_REQUESTS}`);
const DOLLARS = /^\d{1,9}(\.\d{1,9})?$/;
const dollars = z.string().regex(DOLLARS, "an amount in dollars such as 0.10");
const percent = wholeNumber(1, 100, "a whole number from 1 to 100");

/** In place of an amount: nothing limits it. */
export const NO_CEILING = "none";

/** How much may be asked, and may be spent. */
export const LIMIT_SETTINGS = {
  RATE_LIMIT_CHAT_PER_MINUTE: rate.default(20),
  RATE_LIMIT_WHATSAPP_PER_MINUTE: rate.default(10),
  RATE_LIMIT_LINKING_PER_5MIN: rate.default(5),
  RATE_LIMIT_ADMIN_PER_5MIN: rate.default(50),
  COST_ALERT_SESSION_USD: dollars.default("0.10"),
  ORGANISATION_CEILING_USD: z.string().refine(
    (value) => value === NO_CEILING || DOLLARS.test(value),
    "an amount in dollars such as 10, or none",
  ).optional(),
  PERSON_SHARE_PERCENT: percent.default(10),
  ADDRESS_SHARE_PERCENT: percent.default(50),
};
