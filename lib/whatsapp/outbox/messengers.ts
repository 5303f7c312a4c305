import type { Config } from "../../config.ts";
import { type WhatsAppSettings, whatsAppSettings } from "../../config/whatsapp.ts";
import type { HttpClient } from "../../platform/http_client.ts";
import { isSimulatedPhone } from "../../people/rules/phone.ts";
import type { Outbox } from "../records.ts";
import type { Messenger, OutgoingMessage } from "../messenger.ts";
import { twilioMessenger } from "../twilio/twilio.ts";
import type { Linking } from "../linking/linking.ts";
import { offBecause } from "../off.ts";
import { truncateLine } from "../../shared/truncate_line.ts";

/** Limit of a template's first variable, in UTF-16 units. */
const TEMPLATE_UNITS = 500;

/** Selects the messenger of a phone: Twilio, or the simulator for the admin area's phones. */
export class Messengers {
  /** Null while WhatsApp is off. */
  readonly settings: WhatsAppSettings | null;
  /** Why WhatsApp is off. */
  readonly off: string | null;
  private readonly twilio: Messenger | null;

  /** @param linking inserts link codes into messages of kind `code` */
  constructor(
    { config, http }: { config: Config; http: HttpClient },
    private readonly linking: Pick<Linking, "revealed">,
    private readonly simulated: Messenger,
  ) {
    this.off = offBecause(config);
    this.settings = this.off === null ? whatsAppSettings(config) : null;
    this.twilio = this.settings === null ? null : twilioMessenger({ ...this.settings, http });
  }

  /** Null while WhatsApp is off, except for simulated phones. */
  to(number: string): Messenger | null {
    return isSimulatedPhone(number) ? this.simulated : this.twilio;
  }

  /** The message to send for an outbox row, as text or in the given template. */
  messageOf(to: string, row: Outbox, template: string | null): OutgoingMessage {
    if (row.voice) {
      return { kind: "media", to, url: `${this.settings?.publicUrl}/api/voice?of=${row.voice.id}` };
    }
    const body = row.kind === "code" ? this.linking.revealed(row.body) : row.body;
    if (template === null) return { kind: "text", to, body };
    const variables = { "1": truncateLine(body, TEMPLATE_UNITS) };
    return { kind: "template", to, contentSid: template, variables };
  }

  /** URL for Twilio's status callbacks. */
  get statusCallback(): string | undefined {
    return this.settings === null ? undefined : `${this.settings.publicUrl}/api/whatsapp/status`;
  }
}
