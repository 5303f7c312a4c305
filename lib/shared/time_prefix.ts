/**
 * A time in milliseconds as nine digits of base 36. Made-up names begin with it, so that they sort
 * by time, in the store and in a ledger, until the year 5188.
 */
export function timePrefix(ms: number): string {
  return ms.toString(36).padStart(9, "0");
}
