import type { Config } from "../../config.ts";
import { type WhatsAppSettings, whatsAppSettings } from "../../config/whatsapp.ts";
import type { HttpClient } from "../../platform/http_client.ts";
import { isSimulatedPhone } from "../../people/rules/phone.ts";
import type { Outbox } from "../records.ts";
import type { Messenger, OutgoingMessage } from "../messenger.ts";
import { twilioMessenger } from "../twilio/twilio.ts";
import type { Linking } from "../linking/linking.ts";
import { type Off, offBecause } from "../off.ts";
import { outgoingMessage } from "./sent_rows.ts";

/** How phones are reached: by Twilio, or not at all; those of the admin area only pretend. */
export class Messengers {
  /** Null while WhatsApp is off. */
  readonly settings: WhatsAppSettings | null;
  readonly off: Off | null;
  private readonly twilio: Messenger | null;

  /** @param linking puts link codes into the messages that carry them */
  constructor(
    { config, http }: { config: Config; http: HttpClient },
    private readonly linking: Pick<Linking, "revealed">,
    private readonly simulated: Messenger,
  ) {
    this.off = offBecause(config);
    this.settings = this.off === null ? whatsAppSettings(config) : null;
    this.twilio = this.settings === null ? null : twilioMessenger({ ...this.settings, http });
  }

  /** Null when a phone cannot be reached by this process. */
  to(number: string): Messenger | null {
    return isSimulatedPhone(number) ? this.simulated : this.twilio;
  }

  /** What goes out for a message; as the template where there is one. */
  messageOf(to: string, row: Outbox, template: string | null): OutgoingMessage {
    const body = row.kind === "code" ? this.linking.revealed(row.body) : row.body;
    return outgoingMessage(to, body, template);
  }

  /** Where Twilio reports what becomes of messages. */
  get statusCallback(): string | undefined {
    return this.settings === null ? undefined : `${this.settings.publicUrl}/api/whatsapp/status`;
  }
}
