import { z } from "zod";

export const SETTINGS_LIMITS = {
  name: 60,
  /** UTF-16 units of each text. */
  text: 600,
  webhookUrl: 500,
  perWindow: 100_000,
  /** Longest retention of conversations, in days; also the default. */
  retentionDays: 90,
  shares: 6,
  /** Bytes of a logo, and its longer side in pixels. */
  logoBytes: 48 * 1024,
  logoSide: 1024,
} as const;

/** Settings saved together by one form; changes of different groups do not conflict. */
export const SETTINGS_GROUPS = [
  "organisation",
  "logo",
  "texts",
  "limits",
  "alerts",
  "retention",
  "review",
  "whatsapp",
] as const;
export type SettingsGroup = (typeof SETTINGS_GROUPS)[number];

export const COLOUR = /^#[0-9a-f]{6}$/;
const LOGO_TYPES = ["image/png", "image/jpeg", "image/webp"] as const;
export type LogoType = (typeof LOGO_TYPES)[number];

const count = z.number().int().min(0);
const text = z.string().max(SETTINGS_LIMITS.text);
const side = z.number().int().min(1).max(SETTINGS_LIMITS.logoSide);
const perWindow = z.number().int().min(1).max(SETTINGS_LIMITS.perWindow).nullable().default(null);

/** The logo's picture is stored under its own key. */
const logo = z.object({ type: z.enum(LOGO_TYPES), version: count, width: side, height: side });

const organisation = z.object({
  name: z.string().trim().min(1).max(SETTINGS_LIMITS.name).default("OBT Helper"),
  /** Under the home page's heading; "" for none. */
  tagline: text.default(""),
  /** At the foot of the pages; "" for the default. */
  notice: text.default(""),
  /** The accent, `#rrggbb`; null for the default. */
  colour: z.string().regex(COLOUR).nullable().default(null),
  logo: logo.nullable().default(null),
});

const percent = z.number().int().min(1).max(100).nullable().default(null);

/** Requests in a window, and shares of a day; null for the environment's value. */
const limits = z.object({
  /** Daily ceiling of all tools together, in nano-dollars. */
  organisationCeiling: z.union([z.bigint().min(0n), z.literal("none")]).nullable().default(null),
  personShare: percent,
  addressShare: percent,
  chatPerMinute: perWindow,
  whatsappPerMinute: perWindow,
  linkingPer5Minutes: perWindow,
  adminPer5Minutes: perWindow,
});

const alerts = z.object({
  /**
   * Cost of a conversation at which its person is told, in nano-dollars.
   * 0 never, null for the environment's value.
   */
  sessionCost: z.bigint().min(0n).nullable().default(null),
  /** Webhook of alerts; null for the environment's value. */
  webhookUrl: z.string().max(SETTINGS_LIMITS.webhookUrl).nullable().default(null),
  /** Percentages of a ceiling that raise an alert, ascending. */
  shares: z.array(z.number().int().min(1).max(100)).max(SETTINGS_LIMITS.shares)
    .default([50, 80, 100]),
});

const review = z.object({
  /** Whether conversations may be reviewed. */
  enabled: z.boolean().default(false),
  /** Notice on the chat page while they may; "" for the default. */
  notice: text.default(""),
});

const whatsapp = z.object({ proposals: z.boolean().default(true) });

/** Author and time of a group's last change, and the version of the settings that it made. */
const change = z.object({ version: count, at: z.number(), by: z.string() });
export type SettingsChange = z.output<typeof change>;

/**
 * Settings that the organisation changes at run time.
 * Every field has a default for "not set", so that records of earlier versions of the program stay
 * readable.
 */
export const settingsSchema = z.object({
  /** Counts the changes; 0 for unchanged settings. */
  version: count.default(0),
  changes: z.partialRecord(z.enum(SETTINGS_GROUPS), change).default({}),
  organisation: organisation.prefault({}),
  limits: limits.prefault({}),
  alerts: alerts.prefault({}),
  /** Days for which an idle conversation is kept; null for the longest. */
  retentionDays: z.number().int().min(1).max(SETTINGS_LIMITS.retentionDays).nullable().default(
    null,
  ),
  review: review.prefault({}),
  whatsapp: whatsapp.prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});

export const settingsLogo = z.object({
  version: count,
  type: z.enum(LOGO_TYPES),
  bytes: z.custom<Uint8Array<ArrayBuffer>>((value) =>
    value instanceof Uint8Array && value.length <= SETTINGS_LIMITS.logoBytes
  ),
});
export type SettingsLogo = z.output<typeof settingsLogo>;

/** The part of the settings that belongs to a group. */
export function groupOf(settings: Settings, group: SettingsGroup): Record<string, unknown> {
  const { name, colour, tagline, notice, logo } = settings.organisation;
  switch (group) {
    case "organisation":
      return { name, colour };
    case "texts":
      return { tagline, notice };
    case "logo":
      return { logo };
    case "retention":
      return { retentionDays: settings.retentionDays };
    default:
      return settings[group];
  }
}
