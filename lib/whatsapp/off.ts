import { OFF } from "../locales/admin/twilio_check.ts";
import type { Config } from "../config.ts";
import { whatsAppSettings } from "../config/whatsapp.ts";

/** One sentence why WhatsApp is off; null when it is on. */
export function offBecause(config: Config): string | null {
  if (config.preview) return OFF.preview;
  if (whatsAppSettings(config) !== null) return null;
  const needed = [
    "TWILIO_ACCOUNT_SID",
    "TWILIO_AUTH_TOKEN",
    "TWILIO_PHONE_NUMBER",
    "PUBLIC_URL",
  ] as const;
  const missing = needed.filter((key) => config[key] === undefined);
  return OFF.missing(missing);
}
