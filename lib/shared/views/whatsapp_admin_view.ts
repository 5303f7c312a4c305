import type { NanoUsd } from "../money.ts";
import type { MessagePriceView } from "./whatsapp_view.ts";

/** The provider's delivery error, explained. */
export interface DeliveryFault {
  code: number | null;
  /** What happened, as a sentence. */
  meaning: string;
  /** What to do, as a sentence. */
  action: string;
}

export interface FindingView {
  state: "ok" | "wrong" | "unknown";
  text: string;
}

export interface OfferedTool {
  id: string;
  name: string;
  /** Its scope on WhatsApp, as written by an admin; "" for none. */
  scope: string;
  active: boolean;
}

export interface WhatsAppOverview {
  state: "on" | "off" | "preview";
  /** Missing environment variables. */
  missing: string[];
  price: MessagePriceView;
  /** Our own number in E.164. */
  number: string | null;
  /** Webhook addresses to paste at the provider; null without PUBLIC_URL. */
  webhookUrl: string | null;
  statusUrl: string | null;
  /** Whether a template is set for messages outside the 24-hour window. */
  template: boolean;
  /** The server that speaks replies; null while none is set. */
  speech: SpeechView | null;
  /** Why sending is paused; null when it is not. */
  paused: DeliveryFault | null;
  /** People with messages that wait to be answered or sent. */
  waiting: number;
  /** Number of people waiting for an admin. */
  asking: number;
  /** Messages with an unknown sending state. */
  unknown: number;
  /** Today's cost of the channel: messages and models. */
  today: { spent: NanoUsd; simulated: NanoUsd; messages: number };
  tools: OfferedTool[];
}

/** The server that speaks replies. */
export interface SpeechView {
  model: string;
  /** A server of the organisation's own, which costs nothing. */
  own: boolean;
  /** Null until the organisation sets one: nothing is spoken before. */
  price: { per: "characters" | "minute"; usd: NanoUsd } | null;
  /** Day from which it no longer speaks (YYYY-MM-DD). */
  endsOn: string | null;
}

export interface PersonRow {
  /** For addresses; unrelated to the number. */
  id: string;
  /** Masked. */
  number: string;
  /** The tool's name; null before one was chosen. */
  tool: string | null;
  /** Time of their last message. */
  at: number | null;
  /** End of the window; null when it is closed. */
  openUntil: number | null;
  takenOver: { by: string; until: number } | null;
  blocked: boolean;
  optedOut: boolean;
  linked: boolean;
  simulated: boolean;
  /** Messages from and to them that are not done yet. */
  waiting: number;
  /** Messages to them that were not delivered, or whose delivery is unknown. */
  failed: number;
  unknown: number;
  /** Cost of their messages and replies. */
  spent: NanoUsd;
}

export interface WaitingPerson {
  row: PersonRow;
  /** Time of the message that waits; null when none does. */
  since: number | null;
}

export interface WaitingPeople {
  /** People waiting for an admin, the longest first. */
  waiting: WaitingPerson[];
  /** People under a takeover whose messages are answered. */
  answered: WaitingPerson[];
}

export interface PeopleList {
  rows: PersonRow[];
  /** Link parameter of the next page; null at the end. */
  next: string | null;
  /** Number of matches. */
  total: number;
}

/** One message of a conversation, on either channel. */
export interface ThreadLine {
  id: string;
  seq: number;
  from: "person" | "tool" | "human";
  channel: string;
  at: number;
  /** null when the viewer may not read it. */
  html: string | null;
}

export interface OutboxLine {
  n: number;
  /** `reply`, `answer`, `mirror`, `human`, `notice`, `code`, … as a label. */
  kind: string;
  state: string;
  /** How the state is displayed. */
  level: "good" | "plain" | "warn" | "bad";
  at: number;
  tries: number;
  /** null when the viewer may not read it. */
  body: string | null;
  fault: DeliveryFault | null;
  /** Whether an admin has to resolve its unknown state. */
  undecided: boolean;
}

/** A person's page, with their conversation and outbox. */
export interface PersonView {
  row: PersonRow;
  /** Their cost today, replies and messages. */
  today: NanoUsd;
  /** The unmasked number, once requested. */
  fullNumber: string | null;
  language: string;
  /** Why the conversation may be read, or not. */
  looking: "review" | "takeover" | "no";
  thread: ThreadLine[];
  /** Start of the previous page, or null. */
  earlier: number | null;
  outbox: OutboxLine[];
  /** Why an admin cannot write to them now; null when possible. */
  silenced: string | null;
  /** Most characters of a message. */
  longest: number;
  /** Choices for the length of a handoff. */
  hours: readonly number[];
  /** The mirror setting of their link: reply, both, off; null when not linked. */
  mirror: string | null;
}

/** An undelivered message, in the list of all. */
export interface FaultRow {
  person: string;
  number: string;
  n: number;
  at: number;
  state: string;
  level: OutboxLine["level"];
  fault: DeliveryFault;
}

export interface OptOutRow {
  person: string;
  number: string;
  at: number;
}

export interface SimulatedLine {
  id: string;
  from: "phone" | "bot";
  text: string;
  at: number;
  /** Delivery ticks: one, two, two in colour, waiting or failed; null for the phone's messages. */
  tick: "waiting" | "sent" | "delivered" | "read" | "failed" | "unknown" | null;
  /** Label of the tick. */
  state: string;
  fault: DeliveryFault | null;
  /** Media type of the attachment. */
  attached: string | null;
}

export interface SimulatorView {
  number: string;
  lines: SimulatedLine[];
  /** Whether a reply is being written. */
  working: boolean;
  tool: string | null;
  /** The person's id among the conversations; null before the first message. */
  person: string | null;
  optedOut: boolean;
  spent: NanoUsd;
  /** Cost today of a real model's replies to all simulated phones, and its ceiling. */
  budget: { used: NanoUsd; ceiling: NanoUsd };
  longest: number;
  /** Whether replies are simulated, or from a model that costs. */
  simulatedModel: boolean;
  tools: number;
}
