export const SETTINGS_LIMITS = {
  name: 60,
  /** UTF-16 units of each text. */
  text: 600,
  contactName: 100,
  webhookUrl: 500,
  perWindow: 100_000,
  /** Longest retention of conversations, in days; also where none was set. */
  retentionDays: 90,
  shares: 6,
  /** Bytes of a logo, and its longer side in pixels. */
  logoBytes: 48 * 1024,
  logoSide: 1024,
} as const;
