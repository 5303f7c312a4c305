import type { Finding } from "./tool_admin_view.ts";

/** The settings' fields as typed. */
export interface SettingsFields {
  name: string;
  /** `#rrggbb`; empty for the default. */
  colour: string;
  tagline: string;
  notice: string;
  review: boolean;
  reviewNotice: string;
  retentionDays: string;
  /** Percent of a tool's day. */
  memoryShare: string;
  sessionCost: string;
  webhookUrl: string;
  /** In percent, separated by commas. */
  shares: string;
  proposals: boolean;
  sharing: boolean;
  contactName: string;
  /** In international form. */
  contactPhone: string;
  contactMail: string;
  /** Rate limits per window; empty for the environment's value. */
  chatPerMinute: string;
  whatsappPerMinute: string;
  linkingPer5Minutes: string;
  adminPer5Minutes: string;
  mediaMegabytes: string;
}

/** Another admin saved the same settings first. */
export interface SettingsConflict {
  by: string;
  at: number;
  /** Differences between their values and the typed ones. */
  changes: { field: string; theirs: string; yours: string }[];
}

export interface SettingsForm {
  /** The version that its fields are of; posted along to detect conflicts. */
  version: number;
  findings: readonly Finding[];
  conflict: SettingsConflict | null;
  note: { good: boolean; text: string } | null;
  saved: { by: string; at: number } | null;
}

export interface AlertRow {
  at: number;
  text: string;
  /** Whether a ceiling is reached or something is wrong, not only expensive or near its ceiling. */
  reached: boolean;
  sent: boolean;
  /** Attempts to send it. */
  tries: number;
}

export interface LimitRow {
  /** Name of its field. */
  field:
    | "chatPerMinute"
    | "whatsappPerMinute"
    | "linkingPer5Minutes"
    | "adminPer5Minutes"
    | "mediaMegabytes";
  label: string;
  about: string;
  /** The environment's or the program's value, which applies when none is set here. */
  environment: number | string;
  /** Its environment variable; null for none. */
  key: string | null;
}

/** A source that reached a limit on a day. */
export interface RefusedRow {
  kind: string;
  limit: string;
  day: string;
  /** Masked; empty where it would say nothing. */
  who: string;
  id: string;
  count: number;
  lastAt: number;
  /** Whether the limit may still apply to the source. */
  held: boolean;
}
