import type { DeliveryStatus } from "./rules/delivery_status.ts";

/** Characters of one message that WhatsApp takes through Twilio (error 21617 beyond it). */
export const MAX_BODY = 1600;

/** A message to one person; `to` is their number in E.164 (`+41791234567`). */
export type OutgoingMessage =
  /** Free text; WhatsApp takes it within 24 hours of the person's last message only. */
  | { kind: "text"; to: string; body: string }
  /** An approved template (a Content SID, `HX…`), which may be sent at any time. */
  | {
    kind: "template";
    to: string;
    contentSid: string;
    /** Values of the template's placeholders by their names: `{ "1": "Ada" }`. */
    variables: Readonly<Record<string, string>>;
  }
  /** One attachment at a public https address, with a caption if any; within 24 hours only. */
  | { kind: "media"; to: string; url: string; body?: string };

export interface SendOptions {
  /** Gives the call up; what comes back then is `unknown` unless nothing had been sent. */
  signal?: AbortSignal;
  /** Public address to which the provider posts what becomes of the message. */
  statusCallback?: string;
}

/**
 * What a refusal means for whoever sent the message:
 * - `never`: this message will never be taken; repeating it is useless;
 * - `later`: nothing was accepted, and the same message may pass later;
 * - `rate`: as `later`, but we are too fast: wait `retryAfterMs` first;
 * - `auth`: the account's keys or rights are wrong; nothing will pass until a person mends them;
 * - `optedOut`: this person does not want messages;
 * - `windowClosed`: their last message is over 24 hours old; only a template will pass.
 */
export type RefusalClass = "never" | "later" | "auth" | "optedOut" | "windowClosed" | "rate";

export interface SendRefusal {
  kind: "refused";
  class: RefusalClass;
  /** The provider's error code (https://www.twilio.com/docs/api/errors), or null without one. */
  code: number | null;
  /** Status of the answer, or null when no connection came about. */
  httpStatus: number | null;
  /** How long the provider wants to be left alone, or null when it does not say. */
  retryAfterMs: number | null;
}

/** What became of a message that was handed to the provider. */
export type SendOutcome =
  /** The provider took it and will report on it under this SID. */
  | { kind: "accepted"; sid: string }
  /** It certainly was not taken. */
  | SendRefusal
  /**
   * Nobody knows whether it was taken: the time ran out, the connection broke
   * after the message went out, or the answer is none. Sending it again may say
   * the same thing twice: ask {@link Messenger.find} first.
   */
  | { kind: "unknown"; reason: UnknownReason };

export type UnknownReason = "timeout" | "aborted" | "connection" | "status" | "answer";

/** What is looked for among the messages that the provider has. */
export interface FindQuery {
  /** What was sent; a text is found by its body, a template by its recipient and time alone. */
  message: OutgoingMessage;
  /** When the send began, in milliseconds since the epoch; a minute earlier counts as well, as clocks differ. */
  since: number;
  /** SIDs that are known to be other messages, for two of the same text. */
  except?: readonly string[];
}

export type FindOutcome =
  /** It had been taken; `status` and `errorCode` as in a status callback. */
  | { kind: "found"; sid: string; status: DeliveryStatus | null; errorCode: number | null }
  /** The provider has no such message (now: its list may be seconds late). */
  | { kind: "absent" }
  /** The provider could not be asked; ask again later. */
  | { kind: "unknown" };

export interface MediaOptions {
  /** Bytes above which it is given up. */
  maxBytes: number;
  signal?: AbortSignal;
}

export type MediaOutcome =
  /** `type` is the media type that the first bytes show, else the one that was declared. */
  | { kind: "media"; type: string; bytes: Uint8Array<ArrayBuffer> }
  /**
   * - `address`: not an address of the provider's, or one led elsewhere;
   * - `tooLarge`: more than `maxBytes`;
   * - `type`: the bytes are not what was declared (declared a picture, sent a page);
   * - `missing`: the provider has it no more;
   * - `auth`: our keys are not taken;
   * - `unavailable`: no answer in time, or a fault; may pass later.
   */
  | {
    kind: "refused";
    reason: "address" | "tooLarge" | "type" | "missing" | "auth" | "unavailable";
  };

/** One thing that the connection test looked at. */
export interface CheckFinding {
  /** `unknown` when the provider does not let us see it. */
  state: "ok" | "wrong" | "unknown";
  /** A sentence for the administrator: what is so, and what to do if it is wrong. */
  text: string;
}

/** How WhatsApp is reached. Nothing here throws for what the provider or the network does. */
export interface Messenger {
  /** Our own number in E.164. */
  readonly number: string;
  /** Hands one message over; never repeats it by itself. */
  send(message: OutgoingMessage, options?: SendOptions): Promise<SendOutcome>;
  /** Looks whether a message whose sending ended `unknown` was taken. */
  find(query: FindQuery, signal?: AbortSignal): Promise<FindOutcome>;
  /**
   * Marks the person's message as read and shows them for up to 25 s that an
   * answer is being written. False when the provider refused: of no consequence.
   */
  typing(messageSid: string, signal?: AbortSignal): Promise<boolean>;
  /** Fetches what somebody sent, from the provider's own hosts only. */
  fetchMedia(url: string, options: MediaOptions): Promise<MediaOutcome>;
  /**
   * The connection test: keys, number, and the webhook's address where it can be read.
   * @param webhookUrl the address that should be set at the provider
   */
  check(webhookUrl: string, signal?: AbortSignal): Promise<CheckFinding[]>;
}
