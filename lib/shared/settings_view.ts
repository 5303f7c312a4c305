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
  /** Whether a ceiling is reached, not only a share of it. */
  reached: boolean;
  sent: boolean;
  /** How often it was tried to send it. */
  tries: number;
}
