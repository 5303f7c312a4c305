import { type CodeText, otherCode, TWILIO_CODES } from "../../locales/admin/twilio_codes.ts";
import { ERROR_SCOPES, type ErrorScope } from "./delivery_codes.ts";

const TEXTS: Readonly<Record<number, CodeText>> = TWILIO_CODES;

/** What a code of Twilio's means, for people who run the place and for the program. */
export interface DeliveryError {
  /** What happened, a sentence. */
  readonly meaning: string;
  /** What an admin can do about it, a sentence. */
  readonly action: string;
  readonly scope: ErrorScope;
  /** The person does not want messages: treat as STOP. */
  readonly optOut?: true;
  /** Free text is not allowed until the person writes again. */
  readonly closesWindow?: true;
}

/** What Twilio's error `code`, or the status of an HTTP answer of its API, means; an unknown one says so. */
export function deliveryError(code: number): DeliveryError {
  const [meaning, action] = TEXTS[code] ?? otherCode(code);
  return {
    meaning,
    action,
    scope: ERROR_SCOPES[code] ?? otherScope(code),
    ...(code === 21610 ? { optOut: true } : {}),
    ...(code === 63016 ? { closesWindow: true } : {}),
  };
}

/**
 * What a refusal is about. The code decides; without one the HTTP status does,
 * and only a 401 speaks of the account: a 403 or 404 without a code of Twilio's
 * may come from a proxy that dislikes this message.
 */
export function refusalScope(code: number | null, httpStatus: number | null): ErrorScope {
  const known = code === null ? undefined : ERROR_SCOPES[code];
  // A refusal was not taken, whatever the same code leaves open in a later report.
  if (known !== undefined) return known === "doubt" ? "passing" : known;
  if (httpStatus === null || httpStatus === 408 || httpStatus >= 500) return "passing";
  if (httpStatus === 401) return "account";
  if (httpStatus === 429) return "rate";
  if (code === null && (httpStatus === 403 || httpStatus === 404)) return "passing";
  return "message";
}

/** Whether a message that was reported as not delivered may pass when it is sent again. */
export function mayPassLater(code: number | null): boolean {
  const scope = code === null ? undefined : ERROR_SCOPES[code];
  return scope === "passing" || scope === "rate";
}

/** Of an HTTP status, or a code that the program does not know. */
function otherScope(code: number): ErrorScope {
  if (code === 401) return "account";
  if (code === 429) return "rate";
  return code === 408 || (code >= 500 && code < 600) ? "doubt" : "message";
}
