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

  constructor(config: Config, private readonly simulated: Messenger) {
    this.off = offBecause(config);
    this.settings = this.off === null ? whatsAppSettings(config) : null;
    this.twilio = this.settings === null ? null : twilioMessenger(this.settings);
  }

  /** Null when a phone cannot be reached by this process. */
  to(number: string): Messenger | null {
    return isSimulatedPhone(number) ? this.simulated : this.twilio;
  }

  /** Where Twilio reports what becomes of messages. */
  get statusCallback(): string | undefined {
    return this.settings === null ? undefined : `${this.settings.publicUrl}/api/whatsapp/status`;
  }
}
