/** Limits of an admin's settings for a key. */
export const KEY_LIMITS = {
  name: 60,
  /** Requests a minute: their times stand in one record. */
  rate: 7_000,
} as const;
