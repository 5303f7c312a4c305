import type { SpeechView } from "../shared/views/whatsapp_admin_view.ts";
import type { File } from "../media/stored_media.ts";
import type { Language } from "../shared/languages.ts";
import type { NanoUsd } from "../shared/money.ts";
import type { SayOutcome, WhatsAppStatus } from "../shared/views/whatsapp_view.ts";
import type { CheckFinding } from "./messenger.ts";
import type {
  IncomingMessage,
  SignedRequest,
  StatusUpdate,
  WebhookRefusal,
} from "./twilio/webhook.ts";

/** An inbound message from Twilio or a simulated phone. */
export type Received =
  & Pick<IncomingMessage, "sid" | "from" | "text" | "media" | "type">
  & Partial<Pick<IncomingMessage, "alias" | "location" | "optOut">>;

/** Interface of WhatsApp for routes and the admin area, present even while it is off. */
export interface WhatsApp {
  status(): WhatsAppStatus;
  /** Price of a message to a number, in nano-dollars. */
  replyPrice(number: string): NanoUsd;

  /**
   * Verifies, claims and queues a message from Twilio; it is answered in the background.
   * @throws {AppError} `unavailable` when it could not be stored: Twilio tries again
   */
  webhook(request: SignedRequest): Promise<"taken" | "off" | WebhookRefusal>;
  /** Takes a status callback from Twilio. */
  callback(request: SignedRequest): Promise<"taken" | "off" | WebhookRefusal>;

  /**
   * Takes a verified message, once per SID. Simulated phones ({@link simulates}) make up SIDs
   * of `SM` and 32 hexadecimal digits.
   */
  receive(message: Received): Promise<void>;
  /** Takes a verified status report. */
  report(update: StatusUpdate): Promise<void>;
  /** Whether a number is a simulated phone's (`+999…`). */
  simulates(number: string): boolean;

  /** The id of the person with a number. */
  idOf(number: string): Promise<string | null>;

  /*
   * Administrators' actions, each with an audit entry in the same commit.
   * All throw AppError `missing` for an unknown person.
   */

  /** Ignores the person's messages and sends none until {@link unblock}. */
  block(id: string, who: string): Promise<void>;
  unblock(id: string, who: string): Promise<void>;
  /** Archives the current conversation. */
  expire(id: string, who: string): Promise<void>;
  /** Begins a handoff of `minutes`; the person is told. */
  takeOver(id: string, who: string, minutes: number): Promise<void>;
  handBack(id: string, who: string): Promise<void>;
  /** Sends an administrator's message; refused when opted out, blocked or outside the window. */
  say(id: string, text: string, who: string): Promise<SayOutcome>;

  /** The conversations of an export token as Markdown; null for an unknown or expired token. */
  exportOf(token: string, language?: Language): Promise<AsyncGenerator<string> | null>;

  /** A voice note by the id in its address; null for an unknown or expired one. */
  voiceNote(id: string): Promise<File | null>;
  /** The server that speaks replies; null while none is set. */
  speech(): SpeechView | null;

  check(): Promise<CheckFinding[]>;
}
