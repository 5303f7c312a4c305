import type { NanoUsd } from "../money.ts";

/** An API key in the list. */
export interface ApiKeyRow {
  id: string;
  /** The part of the key that is shown: `obt_3fAb9Xy2`. */
  label: string;
  name: string;
  /** Names of its tools; null for all. */
  tools: string[] | null;
  /** Null when it was never used; to the hour. */
  usedAt: number | null;
  /** Spent in this month, and today. */
  spent: NanoUsd;
  spentToday: NanoUsd;
  /** Limits by day and month; null for none. */
  day: NanoUsd | null;
  month: NanoUsd | null;
  expiresAt: number | null;
  expired: boolean;
  /** Until when the replaced key is valid as well; null for no such. */
  overlapUntil: number | null;
}

/** A form's fields for a key. */
export interface ApiKeyFields {
  name: string;
  /** Whether it may ask all tools, later ones included. */
  allTools: boolean;
  /** Ids of the tools, where not all. */
  tools: string[];
  rate: string;
  day: string;
  month: string;
  /** Last day, as `YYYY-MM-DD`; "" for none. */
  expires: string;
}

/** One key with its form. */
export interface ApiKeyView {
  row: ApiKeyRow;
  fields: ApiKeyFields;
  version: number;
  createdAt: number;
  createdBy: string;
}

/** A key that was just made: its only showing. */
export interface ShownKey {
  name: string;
  text: string;
}
