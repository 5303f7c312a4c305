import { type Config, type WhatsAppSettings, whatsAppSettings } from "../../config.ts";
import { isSimulatedPhone } from "../../domain/phone.ts";
import type { Outbox } from "../../store/phone_records.ts";
import type { Messenger, OutgoingMessage } from "../../whatsapp/messenger.ts";
import { twilioMessenger } from "../../whatsapp/twilio.ts";
import type { Linking } from "./linking.ts";
import { type Off, offBecause } from "./off.ts";
import { messageOf } from "./sent_rows.ts";

/** How phones are reached: by Twilio, or not at all; those of the admin area only pretend. */
export class Messengers {
  /** Null while WhatsApp is off. */
  readonly settings: WhatsAppSettings | null;
  readonly off: Off | null;
  private readonly twilio: Messenger | null;

  /** @param linking puts link codes into the messages that carry them */
  constructor(config: Config, private readonly linking: Pick<Linking, "revealed">) {
    this.off = offBecause(config);
    this.settings = this.off === null ? whatsAppSettings(config) : null;
    this.twilio = this.settings === null ? null : twilioMessenger(this.settings);
  }

  /** Null when a phone cannot be reached by this process. */
  to(number: string): Messenger | null {
    return isSimulatedPhone(number) ? simulated : this.twilio;
  }

  /** What goes out for a message; as the template where there is one. */
  messageOf(number: string, row: Outbox, template: string | null): OutgoingMessage {
    const body = row.kind === "code" ? this.linking.revealed(row.body) : row.body;
    return messageOf(number, body, template);
  }

  /** Where Twilio reports what becomes of messages. */
  get statusCallback(): string | undefined {
    return this.settings === null ? undefined : `${this.settings.publicUrl}/api/whatsapp/status`;
  }
}

/** Phones of which nothing leaves the house: what they get is in the outbox, to be looked at. */
const simulated: Messenger = {
  number: "+9990000000",
  send: () => Promise.resolve({ kind: "accepted", sid: newSid() }),
  find: () => Promise.resolve({ kind: "absent" }),
  typing: () => Promise.resolve(true),
  fetchMedia: () => Promise.resolve({ kind: "refused", reason: "missing" }),
  check: () => Promise.resolve([]),
};

/** A SID in Twilio's form. */
export function newSid(): string {
  return `SM${crypto.getRandomValues(new Uint8Array(16)).toHex()}`;
}
