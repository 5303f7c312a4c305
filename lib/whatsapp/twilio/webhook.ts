import { z } from "zod";
import { DELIVERY_STATUSES, type DeliveryStatus } from "../rules/delivery_status.ts";
import { verifySignature } from "./signature.ts";

/** A request as received, before its signature is verified. */
export interface SignedRequest {
  /** Unparsed body. */
  body: string;
  contentType: string | null;
  /** `X-Twilio-Signature` header. */
  signature: string | null;
  /** The address as Twilio calls it: PUBLIC_URL + path + query of the request. */
  url: string;
}

/** The account and number that a request must be for. */
export interface TwilioAccount {
  accountSid: string;
  authToken: string;
  /** Our number in E.164. */
  number: string;
}

/**
 * Reasons of a refusal.
 *
 * - `form`: not a form, or fields are missing, repeated or malformed;
 * - `signature`: not signed by Twilio for this address;
 * - `account`: signed, but for another account;
 * - `number`: not WhatsApp, or not between a person and our number.
 */
export type WebhookRefusal = "form" | "signature" | "account" | "number";

/** An attachment of an incoming message. */
export interface IncomingMedia {
  url: string;
  /** As declared; the bytes decide, see Messenger.fetchMedia. */
  type: string;
}

/** https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out */
const OPT_OUTS = ["STOP", "START", "HELP"] as const;
export type OptOut = typeof OPT_OUTS[number];

/** A WhatsApp message to our number. */
export interface IncomingMessage {
  sid: string;
  /** The person: their number in E.164, or WhatsApp's id (`US.1349…`) if the number is hidden. */
  from: string;
  /** Another address of the same person, if Twilio sends one: the id of a number, or vice versa. */
  alias: string | null;
  /** Our number in E.164. */
  to: string;
  /** Text or caption; a pressed button's text if there is none. */
  text: string;
  media: readonly IncomingMedia[];
  /** The person's profile name; null without one. */
  profileName: string | null;
  /** Twilio's message type (`text`, `image`, `button`, `location`, …), or null. */
  type: string | null;
  /** The button or list entry that was pressed. */
  button: { text: string; payload: string } | null;
  /** A keyword that Twilio itself obeyed before it passed the message on. */
  optOut: OptOut | null;
  /** SID of the message of ours that is replied to. */
  repliedTo: string | null;
  location: {
    latitude: number;
    longitude: number;
    address: string | null;
    label: string | null;
  } | null;
}

/** The delivery status of a message of ours. */
export interface StatusUpdate {
  sid: string;
  status: DeliveryStatus;
  /** Twilio's error code, or null. */
  errorCode: number | null;
  /** The person, as in {@link IncomingMessage.from}. */
  to: string;
}

export type WebhookOutcome =
  | { kind: "message"; message: IncomingMessage }
  | { kind: "refused"; reason: WebhookRefusal };

export type StatusOutcome =
  | { kind: "status"; update: StatusUpdate }
  | { kind: "refused"; reason: WebhookRefusal };

/**
 * A person's address: a number, or the business-scoped id of a person who hides it.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 */
const PERSON = /^whatsapp:(\+[1-9]\d{6,14}|[A-Z]{2}(?:\.ENT)?\.[A-Za-z0-9]{1,128})$/;

const MOST_MEDIA = 10;
/** Far above the longest text of a phone (4,096), so that no message is refused for its length. */
const MOST_TEXT = 20_000;

const sid = z.string().regex(/^(SM|MM)[0-9a-f]{32}$/i);
const shortened = (most: number) => z.string().transform((text) => text.slice(0, most));
/** Optional fields never cause a refusal, whatever their value. */
const optional = shortened(4096).optional().catch(undefined);
const coordinate = (most: number) =>
  z.string().regex(/^-?\d{1,3}(\.\d+)?$/).transform(Number)
    .refine((degrees) => Math.abs(degrees) <= most).optional().catch(undefined);

/** https://www.twilio.com/docs/messaging/guides/webhook-request; unknown fields are ignored. */
const messageFields = z.object({
  MessageSid: sid,
  AccountSid: z.string(),
  From: z.string(),
  To: z.string(),
  ExternalUserIdentifier: optional,
  Body: shortened(MOST_TEXT),
  NumMedia: z.string().regex(/^\d{1,2}$/).transform(Number).pipe(z.number().max(MOST_MEDIA)),
  ProfileName: optional,
  MessageType: optional,
  ButtonText: optional,
  ButtonPayload: optional,
  ListTitle: optional,
  ListId: optional,
  OptOutType: z.string().toUpperCase().pipe(z.enum(OPT_OUTS)).optional().catch(undefined),
  OriginalRepliedMessageSid: optional,
  Latitude: coordinate(90),
  Longitude: coordinate(180),
  Address: optional,
  Label: optional,
});

/** https://www.twilio.com/docs/messaging/guides/track-outbound-message-status */
const statusFields = z.object({
  MessageSid: sid,
  AccountSid: z.string(),
  From: z.string(),
  To: z.string(),
  MessageStatus: z.enum(DELIVERY_STATUSES),
  ErrorCode: z.string().regex(/^\d{1,6}$/).transform(Number).optional().catch(undefined),
});

/** Parses Twilio's request for an incoming message; never throws. */
export async function parseWebhook(
  request: SignedRequest,
  account: TwilioAccount,
): Promise<WebhookOutcome> {
  const fields = await signedFields(request, account, messageFields);
  if (typeof fields === "string") return { kind: "refused", reason: fields };
  const from = PERSON.exec(fields.From)?.[1];
  if (from === undefined || fields.To !== `whatsapp:${account.number}`) {
    return { kind: "refused", reason: "number" };
  }
  const text = fields.ButtonText ?? fields.ListTitle;
  const payload = fields.ButtonPayload ?? fields.ListId;
  const { Latitude: latitude, Longitude: longitude } = fields;
  const message: IncomingMessage = {
    sid: fields.MessageSid,
    from,
    alias: aliasOf(fields.ExternalUserIdentifier, from),
    to: account.number,
    text: fields.Body || (text ?? ""),
    media: mediaOf(fields.NumMedia, new URLSearchParams(request.body)),
    profileName: fields.ProfileName || null,
    type: fields.MessageType || null,
    button: payload === undefined ? null : { text: text ?? "", payload },
    optOut: fields.OptOutType ?? null,
    repliedTo: fields.OriginalRepliedMessageSid || null,
    location: latitude === undefined || longitude === undefined ? null : {
      latitude,
      longitude,
      address: fields.Address || null,
      label: fields.Label || null,
    },
  };
  return { kind: "message", message };
}

/** Parses Twilio's status callback; never throws. */
export async function parseStatus(
  request: SignedRequest,
  account: TwilioAccount,
): Promise<StatusOutcome> {
  const fields = await signedFields(request, account, statusFields);
  if (typeof fields === "string") return { kind: "refused", reason: fields };
  const to = PERSON.exec(fields.To)?.[1];
  if (to === undefined || fields.From !== `whatsapp:${account.number}`) {
    return { kind: "refused", reason: "number" };
  }
  const { MessageSid, MessageStatus, ErrorCode } = fields;
  const errorCode = ErrorCode === undefined || ErrorCode === 0 ? null : ErrorCode;
  return {
    kind: "status",
    update: { sid: MessageSid, status: MessageStatus, errorCode, to },
  };
}

/** The second address in a request, with or without `whatsapp:`; null if it equals `from`. */
function aliasOf(told: string | undefined, from: string): string | null {
  if (told === undefined) return null;
  const alias = PERSON.exec(told.startsWith("whatsapp:") ? told : `whatsapp:${told}`)?.[1];
  return alias === undefined || alias === from ? null : alias;
}

/** The fields of a request that Twilio signed for our account, or the reason of its refusal. */
async function signedFields<T extends { AccountSid: string }>(
  { body, contentType, signature, url }: SignedRequest,
  { accountSid, authToken }: TwilioAccount,
  schema: z.ZodType<T>,
): Promise<T | WebhookRefusal> {
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType ?? "")) return "form";
  const params = fieldsOf(body);
  const signed = await verifySignature({ token: authToken, signature, url, params });
  if (!signed) return "signature";
  if (params.AccountSid !== accountSid) return "account";
  const fields = schema.safeParse(params);
  return fields.success ? fields.data : "form";
}

/** Form fields; a repeated one has all its values, so that the schema rejects it. */
function fieldsOf(body: string): Record<string, string | string[]> {
  const all = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(body)) {
    const had = all.get(name);
    all.set(name, had === undefined ? value : [had, value].flat());
  }
  return Object.fromEntries(all);
}

function mediaOf(count: number, form: URLSearchParams): IncomingMedia[] {
  return Array.from({ length: count }, (_, i) => ({
    // Without an address it cannot be fetched, but the person is told so.
    url: form.get(`MediaUrl${i}`) ?? "",
    type: form.get(`MediaContentType${i}`) ?? "",
  }));
}
