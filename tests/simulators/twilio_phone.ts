import { randomBytes } from "node:crypto";
import type { TwilioSimulator } from "./twilio.ts";
import type { SimMessage } from "./twilio_messages.ts";
import type { Delivery } from "./twilio_webhooks.ts";

export interface SayOptions {
  /** Attachments, or addresses from {@link TwilioSimulator.keep}. */
  media?: readonly ({ bytes: Uint8Array; type: string } | { url: string; type: string })[];
  /** The message's SID; a new one by default. */
  sid?: string;
  /** Number of deliveries, all at once unless `at` is given; once by default. */
  deliveries?: number;
  /** Milliseconds from now for each delivery, in place of `deliveries`. */
  at?: readonly number[];
  /** Additional form fields, such as ButtonPayload or Latitude. */
  fields?: Readonly<Record<string, string>>;
  profileName?: string;
}

/** A person's phone with WhatsApp. */
export class Phone {
  constructor(
    private readonly twilio: TwilioSimulator,
    /** E.164. */
    readonly number: string,
  ) {}

  /** Sends a message to the organisation; returns the program's answers to Twilio. */
  async says(text: string, options: SayOptions = {}): Promise<Delivery[]> {
    const { twilio } = this;
    const media = (options.media ?? []).map((each) =>
      "url" in each ? each : { url: twilio.keep(each.bytes, each.type), type: each.type }
    );
    const sid = options.sid ?? newSid(media.length > 0 ? "MM" : "SM");
    const fields: [string, string][] = Object.entries({
      SmsMessageSid: sid,
      NumMedia: String(media.length),
      ProfileName: options.profileName ?? "Ada",
      MessageType: media[0]?.type.split("/")[0] ?? "text",
      SmsSid: sid,
      WaId: this.number.slice(1),
      SmsStatus: "received",
      Body: text,
      To: `whatsapp:${twilio.number}`,
      NumSegments: "1",
      ReferralNumMedia: "0",
      MessageSid: sid,
      AccountSid: twilio.accountSid,
      ChannelMetadata: '{"type":"whatsapp","data":{"context":{}}}',
      From: `whatsapp:${this.number}`,
      ApiVersion: "2010-04-01",
      ...Object.fromEntries(media.flatMap(({ url, type }, i) => [
        [`MediaUrl${i}`, url],
        [`MediaContentType${i}`, type],
      ])),
      ...options.fields,
    });
    const at = options.at ?? Array.from({ length: options.deliveries ?? 1 }, () => 0);
    const token = crypto.randomUUID();
    return await Promise.all(at.map(async (ms) => {
      if (ms > 0) await new Promise((done) => setTimeout(done, ms));
      const answer = await twilio.webhooks.post(twilio.webhookUrl, fields, token);
      twilio.takeAnswer(this.number, answer);
      return answer;
    }));
  }

  /** Presses a message's quick-reply button. */
  presses(text: string, payload: string): Promise<Delivery[]> {
    return this.says(text, {
      fields: { ButtonText: text, ButtonPayload: payload, MessageType: "button" },
    });
  }

  /** Messages that reached the phone, in the order in which Twilio accepted them. */
  received(): SimMessage[] {
    return this.twilio.messages.to(this.number).filter(({ status }) => status !== "failed");
  }

  texts(): string[] {
    return this.received().map(({ body }) => body);
  }

  /** Waits until `count` messages have arrived in all, and returns them. */
  async waitFor(count: number, limitMs = 20_000): Promise<SimMessage[]> {
    await this.twilio.messages.waitUntil(
      () => this.received().length >= count,
      limitMs,
      () => `${count} messages to the phone (${this.received().length} came)`,
    );
    return this.received();
  }
}

/** A Twilio SID, such as SM0123…: two letters and 32 hexadecimal digits. */
export function newSid(kind: string): string {
  return kind + randomBytes(16).toString("hex");
}
