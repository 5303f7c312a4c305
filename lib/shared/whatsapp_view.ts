import type { NanoUsd } from "./money.ts";

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

/** A person on WhatsApp, in a list. */
export interface PersonView {
  /** Names the person in addresses of pages and in the audit log: never the number. */
  id: string;
  /** `+41 ••• ••• 4567`. */
  masked: string;
  /** One of the admin area's own phones, of which nothing goes to Twilio. */
  simulated: boolean;
  linked: boolean;
  mirror: "reply" | "both" | "off" | null;
  /** The name of the tool that is talked to, or null. */
  tool: string | null;
  /** BCP 47. */
  language: string;
  optedOut: boolean;
  blocked: boolean;
  takeover: { by: string; until: number } | null;
  lastInboundAt: number | null;
  /** When free text can no more be sent; null when that is now. */
  windowClosesAt: number | null;
  /** Messages that came and are not answered, and that wait to be sent. */
  unanswered: number;
  waiting: number;
  /** What went wrong last in sending, and what can be done about it. */
  failure: { code: number | null; meaning: string; action: string; at: number } | null;
}

export interface PeopleView {
  people: PersonView[];
  /** How many fit the filter. */
  total: number;
  /** To ask for the next page with, or null. */
  after: number | null;
}

/** A message to or from a person, as the admin area shows it. */
export interface ThreadEntry {
  at: number;
  from: "person" | "bot" | "human" | "web";
  /** Empty for what is nobody's to read, such as a link code. */
  text: string;
  /** The admin who wrote it. */
  by: string | null;
  /** Of what was sent: how far it came. */
  delivery: {
    state: "waiting" | "trying" | "taken" | "unknown" | "refused" | "dropped";
    /** The furthest that Twilio reported, such as `delivered`. */
    status: string | null;
    code: number | null;
    /** A sentence, for what was not delivered. */
    meaning: string | null;
    action: string | null;
    template: boolean;
  } | null;
}

/** One person with all that the admin area shows. */
export interface PersonPage extends PersonView {
  /** The conversation as it stands, oldest first; the latest hundred or so. */
  thread: ThreadEntry[];
  /** What the messages of the current conversation cost at the model, in nano-dollars. */
  conversationCost: NanoUsd;
  /** Messages to this person that are kept, by what became of them. */
  delivered: number;
  refused: number;
  unknown: number;
}

/** What became of a person's own words to somebody on WhatsApp. */
export type SayOutcome =
  | { kind: "waiting" }
  /** Nothing was sent, and why, as a sentence. */
  | { kind: "refused"; reason: string };
