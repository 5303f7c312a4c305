import type { Finding } from "./tool_admin_view.ts";

/** The settings' fields as they were typed. */
export interface SettingsFields {
  name: string;
  /** `#rrggbb`, or empty for the program's own. */
  colour: string;
  tagline: string;
  notice: string;
  review: boolean;
  reviewNotice: string;
  retentionDays: string;
  sessionCost: string;
  webhookUrl: string;
  /** In percent, with commas. */
  shares: string;
  proposals: boolean;
  /** Dollars a day, or `none`; empty for what the environment says. */
  organisationCeiling: string;
  /** In percent; empty for what the environment says. */
  personShare: string;
  addressShare: string;
  /** Limits: so many in their window; empty for what the environment says. */
  chatPerMinute: string;
  whatsappPerMinute: string;
  linkingPer5Minutes: string;
  adminPer5Minutes: string;
}

/** Somebody else saved the same settings first. */
export interface SettingsConflict {
  by: string;
  at: number;
  /** What differs between what they saved and what was typed. */
  changes: { label: string; theirs: string; yours: string }[];
}

/** A form of the settings page. */
export interface SettingsForm {
  /** The version that its fields are of; sent along, to see whether somebody else was faster. */
  version: number;
  findings: readonly Finding[];
  conflict: SettingsConflict | null;
  /** What became of it. */
  note: { good: boolean; text: string } | null;
  /** Who saved it last. */
  saved: { by: string; at: number } | null;
}

/** An alert that was raised. */
export interface AlertRow {
  at: number;
  text: string;
  /** Whether a ceiling is reached or something is wrong, not only dear or near its ceiling. */
  reached: boolean;
  sent: boolean;
  /** How often it was tried to send it. */
  tries: number;
}

/** A limit that can be set. */
export interface LimitRow {
  /** Name of its field. */
  field:
    | "organisationCeiling"
    | "personShare"
    | "addressShare"
    | "chatPerMinute"
    | "whatsappPerMinute"
    | "linkingPer5Minutes"
    | "adminPer5Minutes";
  label: string;
  about: string;
  /** What the environment says, which holds where nothing is set here. */
  environment: number | string;
  /** The environment's key. */
  key: string;
}

/** Who ran into a limit on a day. */
export interface RefusedRow {
  kind: string;
  limit: string;
  day: string;
  /** Masked; empty where it would say nothing. */
  who: string;
  id: string;
  count: number;
  lastAt: number;
  /** Whether the limit may still hold the source back. */
  held: boolean;
}
