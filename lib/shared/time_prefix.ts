/**
 * Nine base-36 digits of a time in ms. Generated ids begin with it, so that they sort by time in
 * the store and in the ledger, until the year 5188.
 */
export function timePrefix(ms: number): string {
  return ms.toString(36).padStart(9, "0");
}
