import { refusalScope } from "../rules/delivery_errors.ts";
import type { ErrorScope } from "../rules/delivery_codes.ts";
import type { RefusalClass } from "../messenger.ts";

const CLASSES: Readonly<Record<ErrorScope, RefusalClass>> = {
  account: "auth",
  rate: "rate",
  passing: "later",
  doubt: "later",
  message: "never",
  person: "never",
};

/** Class of a refusal, by its code or HTTP status. */
export function refusalClass(code: number | null, httpStatus: number | null): RefusalClass {
  if (code === 21610) return "optedOut";
  if (code === 63016) return "windowClosed";
  return CLASSES[refusalScope(code, httpStatus)];
}
