import { type Config, type WhatsAppSettings, whatsAppSettings } from "../../config.ts";
import { isSimulatedPhone } from "../../domain/phone.ts";
import type { Messenger } from "../../whatsapp/messenger.ts";
import { twilioMessenger } from "../../whatsapp/twilio.ts";
import { type Off, offBecause } from "./off.ts";

/** How phones are reached: by Twilio, or not at all; those of the admin area only pretend. */
export class Messengers {
  /** Null while WhatsApp is off. */
  readonly settings: WhatsAppSettings | null;
  readonly off: Off | null;
  private readonly twilio: Messenger | null;

  constructor(config: Config) {
    this.off = offBecause(config);
    this.settings = this.off === null ? whatsAppSettings(config) : null;
    this.twilio = this.settings === null ? null : twilioMessenger(this.settings);
  }

  /** Null when a phone cannot be reached by this process. */
  to(number: string): Messenger | null {
    return isSimulatedPhone(number) ? simulated : this.twilio;
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
