import { z } from "zod";

/** Bounds of what an admin may set. */
export const SETTINGS_LIMITS = {
  name: 60,
  /** Each of the texts. */
  text: 600,
  webhookUrl: 500,
  perWindow: 100_000,
  /** Days that conversations may be kept at most, and are when nobody says otherwise. */
  retentionDays: 90,
  shares: 6,
  /** Bytes of a logo, and its longer side in pixels. */
  logoBytes: 48 * 1024,
  logoSide: 1024,
} as const;

/** What is saved together, by one form; two people who change different groups are in no conflict. */
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
export const LOGO_TYPES = ["image/png", "image/jpeg", "image/webp"] as const;
export type LogoType = (typeof LOGO_TYPES)[number];

const count = z.number().int().min(0);
const text = z.string().max(SETTINGS_LIMITS.text);
const side = z.number().int().min(1).max(SETTINGS_LIMITS.logoSide);
const perWindow = z.number().int().min(1).max(SETTINGS_LIMITS.perWindow).nullable().default(null);

/** The logo's picture lies under a key of its own. */
const logo = z.object({ type: z.enum(LOGO_TYPES), version: count, width: side, height: side });

const organisation = z.object({
  name: z.string().trim().min(1).max(SETTINGS_LIMITS.name).default("OBT Helper"),
  /** Under the home page's heading; "" for the program's own. */
  tagline: text.default(""),
  /** At the foot of the pages; "" for the program's own. */
  notice: text.default(""),
  /** The accent, `#rrggbb`; null for the program's own. */
  colour: z.string().regex(COLOUR).nullable().default(null),
  logo: logo.nullable().default(null),
});

const percent = z.number().int().min(1).max(100).nullable().default(null);

/** So many in a window, and shares of a day; null takes what the environment says. */
const limits = z.object({
  /** Nano-dollars that all tools together may cost in a day. */
  organisationCeiling: z.union([z.bigint().min(0n), z.literal("none")]).nullable().default(null),
  personShare: percent,
  addressShare: percent,
  chatPerMinute: perWindow,
  whatsappPerMinute: perWindow,
  linkingPer5Minutes: perWindow,
  adminPer5Minutes: perWindow,
});

const alerts = z.object({
  /** What a conversation costs when its person is told, in nano-dollars: 0 never, null as the environment says. */
  sessionCost: z.bigint().min(0n).nullable().default(null),
  /** Where alerts are sent; null where the environment says. */
  webhookUrl: z.string().max(SETTINGS_LIMITS.webhookUrl).nullable().default(null),
  /** Shares of a ceiling at which an alert is raised, in percent, ascending. */
  shares: z.array(z.number().int().min(1).max(100)).max(SETTINGS_LIMITS.shares)
    .default([50, 80, 100]),
});

const review = z.object({
  /** Whether conversations may be read for quality review. */
  enabled: z.boolean().default(false),
  /** What people are told on the chat page while it is; "" for the program's own words. */
  notice: text.default(""),
});

const whatsapp = z.object({ proposals: z.boolean().default(true) });

/** Who saved a group last, and which version of the settings that made. */
const change = z.object({ version: count, at: z.number(), by: z.string() });
export type SettingsChange = z.output<typeof change>;

/**
 * What the organisation sets while the program runs. Every field has a default
 * that says what happens where nobody set anything, so that a record of an
 * earlier version of the program still reads.
 */
export const settingsSchema = z.object({
  /** Counts the changes, from 0 for what nobody has changed. */
  version: count.default(0),
  changes: z.partialRecord(z.enum(SETTINGS_GROUPS), change).default({}),
  organisation: organisation.prefault({}),
  limits: limits.prefault({}),
  alerts: alerts.prefault({}),
  /** How many days an idle conversation is kept; null for the longest. */
  retentionDays: z.number().int().min(1).max(SETTINGS_LIMITS.retentionDays).nullable().default(
    null,
  ),
  review: review.prefault({}),
  whatsapp: whatsapp.prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;

/** As it is where nobody set anything. */
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
