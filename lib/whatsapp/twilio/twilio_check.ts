import type { Twilio } from "twilio";
import { z } from "zod";
import { ACCOUNT, ANSWER, SENDER } from "../../locales/admin/twilio_check.ts";
import type { CheckFinding } from "../messenger.ts";
import type { TwilioOptions } from "./twilio_client.ts";
import { deliveryError } from "../rules/delivery_errors.ts";
import { refusalClass } from "./twilio_errors.ts";
import { WireError } from "./wire.ts";

/** Twilio's shared trial number: https://www.twilio.com/docs/whatsapp/sandbox */
const SANDBOX = "+14155238886";

const ok = (text: string): CheckFinding => ({ state: "ok", text });
const wrong = (text: string): CheckFinding => ({ state: "wrong", text });
const unknown = (text: string): CheckFinding => ({ state: "unknown", text });

/** Connection test; see Messenger.check. */
export async function checkTwilio(
  options: TwilioOptions,
  webhookUrl: string,
  connect: () => Promise<Twilio>,
): Promise<CheckFinding[]> {
  const account = await accountFinding(options, connect);
  if (account.state !== "ok") return [account];
  return [account, ...await senderFindings(options, webhookUrl, connect)];
}

const accountFields = z.object({ status: z.string(), type: z.string().nullish() });

async function accountFinding(
  { accountSid }: TwilioOptions,
  connect: () => Promise<Twilio>,
): Promise<CheckFinding> {
  try {
    const client = await connect();
    const account = accountFields.parse(await client.api.v2010.accounts(accountSid).fetch());
    if (account.status !== "active") {
      return wrong(ACCOUNT.notActive(account.status));
    }
    const trial = account.type?.toLowerCase() === "trial";
    return ok(trial ? ACCOUNT.trial : ACCOUNT.active);
  } catch (error) {
    return failed(error, ACCOUNT.notAsked);
  }
}

const sender = z.object({
  sid: z.string(),
  senderId: z.string(),
  status: z.string(),
  webhook: z.object({ callbackUrl: z.string().nullish() }).nullish(),
});
type Sender = z.output<typeof sender>;

async function senderFindings(
  options: TwilioOptions,
  webhookUrl: string,
  connect: () => Promise<Twilio>,
): Promise<CheckFinding[]> {
  if (options.number === SANDBOX) {
    return [
      ok(SENDER.sandbox),
      unknown(SENDER.sandboxWebhook(webhookUrl)),
    ];
  }
  try {
    const found = await findSender(options.number, connect);
    if (found === null) return [await notASender(options, connect)];
    return [statusFinding(found), webhookFinding(found, webhookUrl)];
  } catch (error) {
    return [failed(error, SENDER.notAsked)];
  }
}

async function findSender(number: string, connect: () => Promise<Twilio>): Promise<Sender | null> {
  const client = await connect();
  const senders = await client.messaging.v2.channelsSenders.list({
    channel: "whatsapp",
    pageSize: 100,
    limit: 1000,
  });
  const listed = senders.map((each) => sender.safeParse(rawSender(each)).data)
    .find((each) => each?.senderId === `whatsapp:${number}`);
  if (listed === undefined) return null;
  // The list omits the webhook.
  return sender.parse(rawSender(await client.messaging.v2.channelsSenders(listed.sid).fetch()));
}

/** A sender with its webhook in Twilio's spelling: the SDK does not convert nested names. */
function rawSender({ sid, senderId, status, webhook }: SdkSender) {
  const { callbackUrl } = z.object({
    callback_url: z.string().nullish(),
    callbackUrl: z.string().nullish(),
  }).transform((names) => ({ callbackUrl: names.callback_url ?? names.callbackUrl }))
    .catch({ callbackUrl: null }).parse(webhook);
  return { sid, senderId, status, webhook: { callbackUrl } };
}

type SdkSender = Record<"sid" | "senderId" | "status" | "webhook", unknown>;

function statusFinding({ status }: Sender): CheckFinding {
  if (/^ONLINE/.test(status)) return ok(SENDER.online);
  return wrong(SENDER.notOnline(status));
}

function webhookFinding({ webhook }: Sender, webhookUrl: string): CheckFinding {
  const set = webhook?.callbackUrl;
  if (set === webhookUrl) return ok(SENDER.webhook);
  return wrong(set ? SENDER.otherWebhook(webhookUrl) : SENDER.noWebhook(webhookUrl));
}

async function notASender(
  { number }: TwilioOptions,
  connect: () => Promise<Twilio>,
): Promise<CheckFinding> {
  const client = await connect();
  const [owned] = await client.incomingPhoneNumbers.list({ phoneNumber: number, limit: 1 });
  return wrong(owned === undefined ? SENDER.noNumber : SENDER.notRegistered);
}

const refusal = z.object({ status: z.number(), code: z.number().nullish() });

function failed(error: unknown, what: string): CheckFinding {
  if (error instanceof WireError) {
    return unknown(`${what} ${ANSWER.none(error.fault)}`);
  }
  const { data } = refusal.safeParse(error);
  if (data === undefined) return unknown(`${what} ${ANSWER.unreadable}`);
  const { status, code = null } = data;
  const why = code === null ? ANSWER.status(status) : deliveryError(code).meaning;
  return refusalClass(code, status) === "auth" ? wrong(why) : unknown(`${what} ${why}`);
}
