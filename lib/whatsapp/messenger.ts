import type { DeliveryStatus } from "./rules/delivery_status.ts";

/** A message to one person; `to` is their number in E.164 (`+41791234567`). */
export type OutgoingMessage =
  /** Free text of at most 1,600 characters (error 21617), inside the window only. */
  | { kind: "text"; to: string; body: string }
  /** An approved template (Content SID `HX…`), at any time. */
  | {
    kind: "template";
    to: string;
    contentSid: string;
    /** Values by placeholder: `{ "1": "Ada" }`. */
    variables: Readonly<Record<string, string>>;
  }
  /** One attachment at a public https URL with an optional caption, inside the window only. */
  | { kind: "media"; to: string; url: string; body?: string };

export interface SendOptions {
  /** Aborts the call; the outcome is `unknown` unless nothing was sent yet. */
  signal?: AbortSignal;
  /** Public URL for the provider's status reports. */
  statusCallback?: string;
}

/**
 * Classes of refusals:
 * - `never`: permanent for this message;
 * - `later`: not accepted, the same message may pass later;
 * - `rate`: as `later`, after `retryAfterMs`;
 * - `auth`: the account's credentials or rights are wrong, every message fails until corrected;
 * - `optedOut`: the person opted out;
 * - `windowClosed`: outside the window, only a template passes.
 */
export type RefusalClass = "never" | "later" | "auth" | "optedOut" | "windowClosed" | "rate";

export interface SendRefusal {
  kind: "refused";
  class: RefusalClass;
  /** The provider's error code: https://www.twilio.com/docs/api/errors */
  code: number | null;
  /** Null without a connection. */
  httpStatus: number | null;
  /** The provider's Retry-After, if any. */
  retryAfterMs: number | null;
}

export type SendOutcome =
  /** Accepted; status reports will carry this SID. */
  | { kind: "accepted"; sid: string }
  /** Certainly not accepted. */
  | SendRefusal
  /**
   * Timeout, connection lost after the request, or an invalid answer. Repeating may send the
   * message twice: use {@link Messenger.find} first.
   */
  | { kind: "unknown"; reason: UnknownReason };

export type UnknownReason = "timeout" | "aborted" | "connection" | "status" | "answer";

/** Query for a sent message in the provider's list. */
export interface FindQuery {
  /** A text is matched by its body, a voice note and a template only by recipient and time. */
  message: OutgoingMessage;
  /** Start of the attempt, in ms since the epoch; matches from a minute earlier for clock skew. */
  since: number;
  /** SIDs of other messages, to tell apart equal texts. */
  except?: readonly string[];
}

export type FindOutcome =
  /** Accepted; `status` and `errorCode` as in a status callback. */
  | { kind: "found"; sid: string; status: DeliveryStatus | null; errorCode: number | null }
  /** Not in the provider's list, which may lag by seconds. */
  | { kind: "absent" }
  /** The lookup failed; retry later. */
  | { kind: "unknown" };

export interface MediaOptions {
  maxBytes: number;
  signal?: AbortSignal;
}

export type MediaOutcome =
  /** `type` is detected from the first bytes, else the declared one. */
  | { kind: "media"; type: string; bytes: Uint8Array<ArrayBuffer> }
  /**
   * - `address`: not the provider's host, or a redirect to another;
   * - `tooLarge`: more than `maxBytes`;
   * - `type`: the bytes contradict the declared type;
   * - `missing`: deleted at the provider;
   * - `auth`: credentials refused;
   * - `unavailable`: timeout or fault, may pass later.
   */
  | {
    kind: "refused";
    reason: "address" | "tooLarge" | "type" | "missing" | "auth" | "unavailable";
  };

/** One finding of the connection test. */
export interface CheckFinding {
  /** `unknown` when the provider gives no access to it. */
  state: "ok" | "wrong" | "unknown";
  /** Sentence for the administrator, with a remedy if wrong. */
  text: string;
}

/** Connection to a WhatsApp provider. Provider and network errors are returned, not thrown. */
export interface Messenger {
  /** Our own number in E.164. */
  readonly number: string;
  /** Sends one message, without retries. */
  send(message: OutgoingMessage, options?: SendOptions): Promise<SendOutcome>;
  /** Looks up a message whose outcome is `unknown`. */
  find(query: FindQuery, signal?: AbortSignal): Promise<FindOutcome>;
  /** Marks a message as read and shows the typing indicator for 25 s; false when refused. */
  typing(messageSid: string, signal?: AbortSignal): Promise<boolean>;
  /** Fetches an attachment, from the provider's own hosts only. */
  fetchMedia(url: string, options: MediaOptions): Promise<MediaOutcome>;
  /**
   * Tests credentials, number and, where readable, the configured webhook.
   * @param webhookUrl the URL that the provider should have
   */
  check(webhookUrl: string, signal?: AbortSignal): Promise<CheckFinding[]>;
}
