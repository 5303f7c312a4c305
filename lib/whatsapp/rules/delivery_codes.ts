import type { TWILIO_CODES } from "../../locales/admin/twilio_codes.ts";

/**
 * Scope of a Twilio error:
 * - `account`: every message fails until the account is corrected, so sending pauses;
 * - `rate`: too many messages, so all sending is delayed;
 * - `passing`: a temporary fault, the same message may pass later;
 * - `doubt`: the message may have arrived;
 * - `message`, `person`: only this message, or messages to this person, fail.
 */
export type ErrorScope = "account" | "rate" | "passing" | "doubt" | "message" | "person";

/** Any other code has the scope `message`. */
const SCOPES: Readonly<Record<keyof typeof TWILIO_CODES, ErrorScope>> = {
  10001: "account",
  11200: "message",
  20001: "passing",
  20003: "account",
  20005: "account",
  20006: "account",
  20008: "account",
  20403: "account",
  20404: "account",
  20429: "rate",
  20500: "passing",
  20503: "passing",
  21211: "person",
  21212: "account",
  21408: "person",
  21603: "account",
  21606: "account",
  21610: "person",
  21611: "rate",
  21614: "person",
  21617: "message",
  21620: "message",
  21654: "message",
  21655: "message",
  21656: "message",
  21658: "message",
  21660: "account",
  30001: "passing",
  30002: "account",
  30003: "person",
  30007: "message",
  30008: "doubt",
  57012: "account",
  63001: "account",
  63003: "person",
  63005: "message",
  63007: "account",
  63010: "passing",
  63012: "passing",
  63013: "message",
  63015: "person",
  63016: "person",
  63017: "rate",
  63018: "rate",
  63019: "message",
  63020: "account",
  63021: "message",
  63024: "person",
  63027: "message",
  63028: "message",
  63032: "person",
  63033: "person",
  63036: "person",
  63038: "account",
  63040: "message",
  63041: "message",
  63042: "message",
  63049: "person",
  63051: "account",
};

export const ERROR_SCOPES: Readonly<Record<number, ErrorScope>> = SCOPES;
