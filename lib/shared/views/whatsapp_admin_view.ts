import type { NanoUsd } from "../money.ts";

/** What a delivery error of the provider's means, for people. */
export interface DeliveryFault {
  code: number | null;
  /** What happened, a sentence. */
  meaning: string;
  /** What to do about it, a sentence. */
  action: string;
}

/** One thing that the connection test looked at. */
export interface FindingView {
  state: "ok" | "wrong" | "unknown";
  text: string;
}

/** A tool as far as WhatsApp is concerned. */
export interface OfferedTool {
  id: string;
  name: string;
  /** What it may be asked there, as written by an admin; "" when nobody did. */
  scope: string;
  active: boolean;
}

/** WhatsApp at a glance. */
export interface WhatsAppOverview {
  state: "on" | "off" | "preview";
  /** Keys of the environment that it still needs. */
  missing: string[];
  /** What one message costs. */
  price: NanoUsd;
  /** Our own number in E.164. */
  number: string | null;
  /** The addresses to paste at the provider; null without PUBLIC_URL. */
  webhookUrl: string | null;
  statusUrl: string | null;
  /** Whether a template is set for messages outside of the 24 hours. */
  template: boolean;
  /** Why nothing is sent at the moment; null while all is well. */
  paused: DeliveryFault | null;
  /** People who have messages that wait to be answered or sent. */
  waiting: number;
  /** Messages of which nobody knows whether they were sent. */
  unknown: number;
  /** What the channel cost today: messages and models. */
  today: { spent: NanoUsd; simulated: NanoUsd; messages: number };
  tools: OfferedTool[];
}

/** Somebody on WhatsApp, in a list. */
export interface PersonRow {
  /** For addresses; says nothing of the number. */
  id: string;
  /** Masked. */
  number: string;
  /** The tool's name; null before one was chosen. */
  tool: string | null;
  /** When they wrote last. */
  at: number | null;
  /** Until when free text reaches them; null when the window is closed. */
  openUntil: number | null;
  takenOver: { by: string; until: number } | null;
  blocked: boolean;
  optedOut: boolean;
  linked: boolean;
  /** A number of the simulator's. */
  simulated: boolean;
  /** Messages of theirs and to them that are not done yet. */
  waiting: number;
  /** Messages to them that were not delivered, and such of which it is not known. */
  failed: number;
  unknown: number;
  /** What their messages and the replies to them cost. */
  spent: NanoUsd;
}

export interface PeopleList {
  rows: PersonRow[];
  /** For the link to the page after it, or null at the end. */
  next: string | null;
  /** How many fit. */
  total: number;
}

/** One message of a conversation, on either channel. */
export interface ThreadLine {
  id: string;
  seq: number;
  from: "person" | "tool" | "human";
  channel: string;
  at: number;
  /** Null when it may not be looked at. */
  html: string | null;
}

/** A message that is to be sent, or was. */
export interface OutboxLine {
  n: number;
  /** `reply`, `answer`, `mirror`, `human`, `notice`, `code`, … in words. */
  kind: string;
  state: string;
  /** How to show the state. */
  level: "good" | "plain" | "warn" | "bad";
  at: number;
  tries: number;
  /** Null when it may not be looked at. */
  body: string | null;
  fault: DeliveryFault | null;
  /** Whether an admin has to say what became of it. */
  undecided: boolean;
}

/** Somebody on WhatsApp, with what was said and sent. */
export interface PersonView {
  row: PersonRow;
  /** What they cost today, replies and messages. */
  today: NanoUsd;
  /** The whole number, once it was asked for. */
  fullNumber: string | null;
  language: string;
  /** Why what was said may be looked at, or not. */
  looking: "review" | "takeover" | "no";
  thread: ThreadLine[];
  /** The number to ask for what was said before this page, or null. */
  earlier: number | null;
  outbox: OutboxLine[];
  /** Why an admin cannot write to them now; null when they can. */
  silenced: string | null;
  /** Characters that a message may have. */
  longest: number;
  /** Hours for which one can take over. */
  hours: readonly number[];
  /** What was set for what is said on the web: reply, both, off; null when not linked. */
  mirror: string | null;
}

/** A message that was not delivered, in the list of all. */
export interface FaultRow {
  person: string;
  number: string;
  n: number;
  at: number;
  state: string;
  level: OutboxLine["level"];
  fault: DeliveryFault;
}

/** Somebody who does not want messages. */
export interface OptOutRow {
  person: string;
  number: string;
  at: number;
}

/** A line of the simulator's screen. */
export interface SimulatedLine {
  id: string;
  from: "phone" | "bot";
  text: string;
  at: number;
  /** Its mark: one tick, two, two in colour; or that it waits or failed. Null of what came from the phone. */
  tick: "waiting" | "sent" | "delivered" | "read" | "failed" | "unknown" | null;
  /** A word for the tick. */
  state: string;
  fault: DeliveryFault | null;
  /** The type of what was attached. */
  attached: string | null;
}

/** The simulator's screen. */
export interface SimulatorView {
  number: string;
  lines: SimulatedLine[];
  /** Whether an answer is still being written. */
  working: boolean;
  tool: string | null;
  /** The person's id among the conversations; null before the first message. */
  person: string | null;
  optedOut: boolean;
  spent: NanoUsd;
  /** What replies of a real model to all simulated phones cost today, of what they may. */
  budget: { used: NanoUsd; ceiling: NanoUsd };
  longest: number;
  /** Whether replies are made up by the program, or by a model that costs. */
  simulatedModel: boolean;
  tools: number;
}
