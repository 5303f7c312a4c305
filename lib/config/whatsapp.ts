import { z } from "zod";
import type { SERVER_SETTINGS } from "./server.ts";
import { httpUrl, text, type ValuesOf, wholeNumber } from "./values.ts";

/** E.164, with or without Twilio's prefix and the marks by which people group digits. */
const phoneNumber = z.string().transform((value) =>
  value.replace(/^whatsapp:/i, "").replaceAll(/[\s().-]/g, "")
).refine(
  (value) => /^\+[1-9]\d{6,14}$/.test(value),
  "a phone number with + and its country's code, such as +41791234567",
);

/** Twilio's account, and how WhatsApp is answered. */
export const WHATSAPP_SETTINGS = {
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC\w+$/, "an account's SID, which begins with AC")
    .optional(),
  TWILIO_AUTH_TOKEN: text.optional(),
  TWILIO_PHONE_NUMBER: phoneNumber.optional(),
  TWILIO_TEMPLATE_SID: z.string().regex(/^HX\w+$/, "a template's Content SID, which begins with HX")
    .optional(),
  TWILIO_BASE_URL: httpUrl.optional(),
  WHATSAPP_DEBOUNCE_MS: wholeNumber(0, 10_000, "milliseconds from 0 to 10000").default(1000),
};

type Values = ValuesOf<
  typeof WHATSAPP_SETTINGS & Pick<typeof SERVER_SETTINGS, "PUBLIC_URL">
>;

/** What WhatsApp needs, all of it. */
export interface WhatsAppSettings {
  accountSid: string;
  authToken: string;
  /** E.164. */
  number: string;
  /** In place of Twilio's hosts. */
  baseUrl: string | undefined;
  /** Where Twilio calls us, without a slash at its end: the address that it signs. */
  publicUrl: string;
  /** The template for messages outside of the 24 hours, or null. */
  templateSid: string | null;
  /** How long to wait for more of a person's messages before they are answered. */
  debounceMs: number;
}

/** WhatsApp's settings, or null while one that it needs is missing: then it is off. */
export function whatsAppSettings(config: Values): WhatsAppSettings | null {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = config;
  const { TWILIO_PHONE_NUMBER: number, PUBLIC_URL: publicUrl } = config;
  if (!accountSid || !authToken || !number || !publicUrl) return null;
  return {
    accountSid,
    authToken,
    number,
    baseUrl: config.TWILIO_BASE_URL,
    publicUrl,
    templateSid: config.TWILIO_TEMPLATE_SID ?? null,
    debounceMs: config.WHATSAPP_DEBOUNCE_MS,
  };
}

/** A sentence that names what WhatsApp still needs, once one of its keys is set. */
export function whatsAppWarnings(settings: Values): string[] {
  const keys = ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_PHONE_NUMBER"] as const;
  if (keys.every((key) => settings[key] === undefined)) return [];
  const missing = [...keys, "PUBLIC_URL" as const].filter((key) => settings[key] === undefined);
  if (missing.length === 0) return [];
  return [`WhatsApp is off: it needs ${missing.join(" and ")} as well`];
}
