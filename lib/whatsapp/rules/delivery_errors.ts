import { type CodeText, otherCode, TWILIO_CODES } from "../../locales/admin/twilio_codes.ts";
import { ERROR_SCOPES, type ErrorScope } from "./delivery_codes.ts";

const TEXTS: Readonly<Record<number, CodeText>> = TWILIO_CODES;

/** A Twilio error, explained to administrators and classified for the program. */
interface DeliveryError {
  /** One sentence: what happened. */
  readonly meaning: string;
  /** One sentence: what an administrator can do. */
  readonly action: string;
  readonly scope: ErrorScope;
  /** The person opted out at Twilio: treat as STOP. */
  readonly optOut?: true;
  /** The window is closed until the person writes again. */
  readonly closesWindow?: true;
}

/** Explains a Twilio error code or HTTP status; unknown ones get a general text. */
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
 * Scope of a refused request, by its code, else by its HTTP status.
 * Only 401 concerns the account: a 403 or 404 without a Twilio code may come from a proxy.
 */
export function refusalScope(code: number | null, httpStatus: number | null): ErrorScope {
  const known = code === null ? undefined : ERROR_SCOPES[code];
  // A refused message was not taken, even if the same code in a status report leaves that open.
  if (known !== undefined) return known === "doubt" ? "passing" : known;
  if (httpStatus === null || httpStatus === 408 || httpStatus >= 500) return "passing";
  if (httpStatus === 401) return "account";
  if (httpStatus === 429) return "rate";
  if (code === null && (httpStatus === 403 || httpStatus === 404)) return "passing";
  return "message";
}

/** Whether an undelivered message may pass when sent again. */
export function mayPassLater(code: number | null): boolean {
  const scope = code === null ? undefined : ERROR_SCOPES[code];
  return scope === "passing" || scope === "rate";
}

/** Scope of an HTTP status or an unknown code. */
function otherScope(code: number): ErrorScope {
  if (code === 401) return "account";
  if (code === 429) return "rate";
  return code === 408 || (code >= 500 && code < 600) ? "doubt" : "message";
}
