/** Limits of an admin's settings for a key. */
export const KEY_LIMITS = {
  name: 60,
  /** Above any real limit, in nano-dollars: a larger number is a typing error. */
  amount: 100_000_000_000_000n,
  /** Requests a minute: their times stand in one record. */
  rate: 7_000,
} as const;
