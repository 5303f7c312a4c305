import type { SayOutcome, WhatsAppStatus } from "../shared/views/whatsapp_view.ts";
import type { CheckFinding } from "./messenger.ts";
import type {
  IncomingMessage,
  SignedRequest,
  StatusUpdate,
  WebhookRefusal,
} from "./twilio/webhook.ts";

/** A message as it came, from Twilio or from a simulated phone. */
export type Received =
  & Pick<IncomingMessage, "sid" | "from" | "text" | "media" | "type">
  & Partial<Pick<IncomingMessage, "alias" | "location" | "optOut">>;

/** WhatsApp, as routes and the admin area use it. It is there also while it is off. */
export interface WhatsApp {
  status(): WhatsAppStatus;

  /**
   * Takes Twilio's request for a message: believed, claimed, kept, and worked on
   * by itself. `off` while WhatsApp is off.
   * @throws {AppError} `unavailable` when it could not be kept: Twilio tries again.
   */
  webhook(request: SignedRequest): Promise<"taken" | "off" | WebhookRefusal>;
  /** Takes Twilio's status callback, likewise. */
  callback(request: SignedRequest): Promise<"taken" | "off" | WebhookRefusal>;

  /**
   * Takes a message that is believed; the same SID again changes nothing. For
   * simulated phones: numbers for which {@link simulates} is true, with a SID of
   * one's own (`SM` and 32 hexadecimal digits).
   */
  receive(message: Received): Promise<void>;
  /** Takes a report on a message of ours. */
  report(update: StatusUpdate): Promise<void>;
  /** Whether a number is one of the simulated phones' (`+999…`). */
  simulates(number: string): boolean;

  /** The id of the person with a number, or null. */
  idOf(number: string): Promise<string | null>;

  /*
   * What an admin does; each is an entry in the audit log in its own commit.
   * All throw AppError `missing` when there is no such person.
   */

  /** Nothing more comes from, or goes to, this person until {@link unblock}. */
  block(id: string, who: string): Promise<void>;
  unblock(id: string, who: string): Promise<void>;
  /** Puts the current conversation aside: the next message begins a new one. */
  expire(id: string, who: string): Promise<void>;
  /** The bot is silent for so long, or until handed back; the person is told. */
  takeOver(id: string, who: string, minutes: number): Promise<void>;
  handBack(id: string, who: string): Promise<void>;
  /** Sends as a human; refused with the reason when opted out, blocked or out of the window. */
  say(id: string, text: string, who: string): Promise<SayOutcome>;

  /** A person's own conversations as Markdown, by the token he was sent; null when it opens nothing. */
  exportOf(token: string): Promise<AsyncGenerator<string> | null>;

  /** The connection test. */
  check(): Promise<CheckFinding[]>;
}
