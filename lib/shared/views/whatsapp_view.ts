import type { NanoUsd } from "../money.ts";

/** How WhatsApp stands, for the admin area. */
export interface WhatsAppStatus {
  /** Whether people can be talked to; the simulated phones can in any case. */
  on: boolean;
  /** Why it is off, as a sentence that names what is missing; null when it is on. */
  reason: string | null;
  /** Our number in E.164, or null without one. */
  number: string | null;
  /** What to paste at Twilio; null while PUBLIC_URL is not set. */
  webhookUrl: string | null;
  statusUrl: string | null;
  /** Nothing is sent until a person mends what is wrong (keys, rights); `code` is Twilio's. */
  paused: { code: number | null; meaning: string; since: number } | null;
  /** Whether a template is set for messages outside of the 24 hours. */
  template: boolean;
  debounceMs: number;
  /** What one message costs, in nano-dollars. */
  price: NanoUsd;
}

/** Which people are listed. */
export const PEOPLE_FILTERS = [
  "all",
  "linked",
  "takenOver",
  "failing",
  "optedOut",
  "blocked",
] as const;
export type PeopleFilter = typeof PEOPLE_FILTERS[number];

/** What became of a person's own words to somebody on WhatsApp. */
export type SayOutcome =
  | { kind: "waiting" }
  /** Nothing was sent, and why. */
  | { kind: "refused"; silence: "blocked" | "optedOut" | "window" | "budget" };
