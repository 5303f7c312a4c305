import type { NanoUsd } from "../money.ts";

/** Prices of messages, in nano-dollars: an incoming one, and an outgoing one by country. */
export interface MessagePriceView {
  fee: NanoUsd;
  least: NanoUsd;
  most: NanoUsd;
}

export interface WhatsAppStatus {
  /** Whether people are served; simulated phones always are. */
  on: boolean;
  /** Reason for being off, with the missing settings; null when on. */
  reason: string | null;
  /** Our number in E.164, or null without one. */
  number: string | null;
  /** Address to paste at Twilio; null without PUBLIC_URL. */
  webhookUrl: string | null;
  statusUrl: string | null;
  /** Sending is paused until a fault (keys, permissions) is fixed; `code` is Twilio's. */
  paused: { code: number | null; meaning: string; since: number } | null;
  /** Whether a template is set for messages outside the 24-hour window. */
  template: boolean;
  debounceMs: number;
  price: MessagePriceView;
}

export const PEOPLE_FILTERS = [
  "all",
  "linked",
  "takenOver",
  "failing",
  "optedOut",
  "blocked",
] as const;
export type PeopleFilter = typeof PEOPLE_FILTERS[number];

/** Result of sending an admin's message to a person on WhatsApp. */
export type SayOutcome =
  | { kind: "waiting" }
  /** Nothing was sent, and why. */
  | { kind: "refused"; silence: "blocked" | "optedOut" | "window" | "budget" };
