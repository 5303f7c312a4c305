import type { DeliveryStatus } from "./messenger.ts";

/** A request as it came, before anything of it is believed. */
export interface SignedRequest {
  /** The body's text, unparsed. */
  body: string;
  contentType: string | null;
  /** The `X-Twilio-Signature` header. */
  signature: string | null;
  /** The address as Twilio calls it: PUBLIC_URL + path + query of the request. */
  url: string;
}

/** What a request must belong to. */
export interface TwilioAccount {
  accountSid: string;
  authToken: string;
  /** Our number in E.164. */
  number: string;
}

/**
 * - `form`: not a form, or fields of it are missing, doubled or malformed;
 * - `signature`: not signed by Twilio for this address;
 * - `account`: signed, but for another account;
 * - `number`: not WhatsApp, or not between a person and our number.
 */
export type WebhookRefusal = "form" | "signature" | "account" | "number";

/** Something that was attached to an incoming message. */
export interface IncomingMedia {
  url: string;
  /** As declared; the bytes decide, see Messenger.fetchMedia. */
  type: string;
}

/** A WhatsApp message to our number. */
export interface IncomingMessage {
  sid: string;
  /** The person's number in E.164. */
  from: string;
  /** Our number in E.164. */
  to: string;
  /** What they wrote, or a caption; a pressed button's text when they wrote nothing. */
  text: string;
  media: readonly IncomingMedia[];
  /** Their own name for themselves; null without one. */
  profileName: string | null;
  /** Twilio's word for what it is (`text`, `image`, `button`, `location`, …), or null. */
  type: string | null;
  /** A button or list entry that they pressed. */
  button: { text: string; payload: string } | null;
  /** The message of ours that they answered, by its SID. */
  repliedTo: string | null;
  location: {
    latitude: number;
    longitude: number;
    address: string | null;
    label: string | null;
  } | null;
}

/** What became of a message of ours. */
export interface StatusUpdate {
  sid: string;
  status: DeliveryStatus;
  /** Twilio's error code, or null. */
  errorCode: number | null;
  /** The person's number in E.164. */
  to: string;
}

export type WebhookOutcome =
  | { kind: "message"; message: IncomingMessage }
  | { kind: "refused"; reason: WebhookRefusal };

export type StatusOutcome =
  | { kind: "status"; update: StatusUpdate }
  | { kind: "refused"; reason: WebhookRefusal };

/** Reads Twilio's request for an incoming message; never throws. */
export type ParseWebhook = (
  request: SignedRequest,
  account: TwilioAccount,
) => Promise<WebhookOutcome>;

/** Reads Twilio's status callback; never throws. */
export type ParseStatus = (
  request: SignedRequest,
  account: TwilioAccount,
) => Promise<StatusOutcome>;
