import type { Twilio } from "twilio";
import { DELIVERY_STATUSES } from "../rules/delivery_status.ts";
import { z } from "zod";
import {
  type FindOutcome,
  type FindQuery,
  type MediaOptions,
  type MediaOutcome,
  type Messenger,
  type OutgoingMessage,
  type SendOptions,
  type SendOutcome,
  type UnknownReason,
} from "../messenger.ts";
import { checkTwilio } from "./twilio_check.ts";
import { newCall, type TwilioCall, twilioClient, type TwilioOptions } from "./twilio_client.ts";
import { refusalClass } from "./twilio_errors.ts";
import { fetchTwilioMedia } from "./twilio_media.ts";
import { WireError, type WireFault } from "./wire.ts";

/** Message SID: `SM…`, or `MM…` with an attachment. */
const messageSid = z.string().regex(/^(SM|MM)[0-9a-f]{32}$/i);

/** Most messages searched for one that may have been sent. */
const LOOK_THROUGH = 200;
/** Tolerated lag of Twilio's clock, in milliseconds. */
const CLOCK_MS = 60_000;

/** WhatsApp over Twilio. The SDK is loaded at the first call. */
export function twilioMessenger(options: TwilioOptions): Messenger {
  return {
    number: options.number,
    send: (message, how = {}) => send(options, message, how),
    find: (query, signal) => find(options, query, signal),
    typing: (sid, signal) => typing(options, sid, signal),
    fetchMedia: (url: string, how: MediaOptions): Promise<MediaOutcome> =>
      fetchTwilioMedia(options, url, how),
    check: (webhookUrl, signal) =>
      checkTwilio(options, webhookUrl, () => twilioClient(options, newCall(signal))),
  };
}

const refused = z.object({ status: z.number(), code: z.number().nullish() });
const accepted = z.object({ sid: messageSid });

async function send(
  options: TwilioOptions,
  message: OutgoingMessage,
  { signal, statusCallback }: SendOptions,
): Promise<SendOutcome> {
  const call: TwilioCall = newCall(signal);
  try {
    const client = await twilioClient(options, call);
    const answer = accepted.safeParse(
      await client.messages.create({
        to: `whatsapp:${message.to}`,
        from: `whatsapp:${options.number}`,
        ...contentOf(message),
        ...(statusCallback === undefined ? {} : { statusCallback }),
      }),
    );
    if (!answer.success) return { kind: "unknown", reason: "answer" };
    return { kind: "accepted", sid: answer.data.sid };
  } catch (error) {
    return failure(error, call);
  }
}

type Content = Partial<Parameters<Twilio["messages"]["create"]>[0]>;

function contentOf(message: OutgoingMessage): Content {
  switch (message.kind) {
    case "text":
      return { body: message.body };
    case "template":
      return {
        contentSid: message.contentSid,
        contentVariables: JSON.stringify(message.variables),
      };
    case "media":
      return {
        mediaUrl: [message.url],
        ...(message.body === undefined ? {} : { body: message.body }),
      };
  }
}

const REASONS: Readonly<Record<WireFault, UnknownReason>> = {
  timeout: "timeout",
  aborted: "aborted",
  connection: "connection",
  address: "connection",
  tooLarge: "answer",
};

function failure(error: unknown, call: TwilioCall): SendOutcome {
  const nothingSent = error instanceof WireError ? !error.sent : !call.asked;
  if (nothingSent) {
    return { kind: "refused", class: "later", code: null, httpStatus: null, retryAfterMs: null };
  }
  if (error instanceof WireError) return { kind: "unknown", reason: REASONS[error.fault] };
  const answer = refused.safeParse(error);
  if (!answer.success) return { kind: "unknown", reason: "answer" };
  const { status, code = null } = answer.data;
  // Only 503 means not processed; after any other 5xx the message may have been sent.
  if (status >= 500 && status !== 503) return { kind: "unknown", reason: "status" };
  return {
    kind: "refused",
    class: refusalClass(code, status),
    code,
    httpStatus: status,
    retryAfterMs: call.retryAfterMs,
  };
}

const listed = z.object({
  sid: messageSid,
  body: z.string().nullish(),
  numMedia: z.coerce.number().catch(0),
  direction: z.string(),
  dateCreated: z.date(),
  status: z.enum(DELIVERY_STATUSES).nullable().catch(null),
  errorCode: z.number().nullish(),
});

async function find(
  options: TwilioOptions,
  { message, since, except = [] }: FindQuery,
  signal: AbortSignal | undefined,
): Promise<FindOutcome> {
  try {
    const client = await twilioClient(options, newCall(signal));
    // No filter by sent date: messages queued at Twilio have none.
    const messages = await client.messages.list({
      to: `whatsapp:${message.to}`,
      from: `whatsapp:${options.number}`,
      pageSize: 100,
      limit: LOOK_THROUGH,
    });
    for (const each of messages) {
      const { success, data } = listed.safeParse(each);
      if (!success || data.direction === "inbound" || except.includes(data.sid)) continue;
      // Twilio's times are whole seconds.
      if (data.dateCreated.getTime() + 999 < since - CLOCK_MS) continue;
      if (matches(message, data)) {
        return {
          kind: "found",
          sid: data.sid,
          status: data.status,
          errorCode: data.errorCode ?? null,
        };
      }
    }
    return { kind: "absent" };
  } catch {
    return { kind: "unknown" };
  }
}

/** Whether a listed message may be the one sent; the list does not show what is attached. */
function matches(
  message: OutgoingMessage,
  { body, numMedia }: Pick<z.output<typeof listed>, "body" | "numMedia">,
): boolean {
  if (message.kind === "template") return true;
  if (message.kind === "media" && numMedia === 0) return false;
  return sameBody(body ?? "", message.body ?? "");
}

/** Equal but for outer white space and Unicode composition, which are not preserved. */
function sameBody(one: string, other: string): boolean {
  return one.normalize().trim() === other.normalize().trim();
}

async function typing(
  options: TwilioOptions,
  messageId: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    const client = await twilioClient(options, newCall(signal));
    const { success } = await client.messaging.v2.typingIndicator.create({
      channel: "whatsapp",
      messageId,
    });
    return success === true;
  } catch {
    return false;
  }
}
