import { z } from "zod";

/**
 * E.164 phone number: `+`, country code, number, at most 15 digits.
 * https://www.itu.int/rec/T-REC-E.164
 */
export const phoneSchema = z.string().regex(/^\+[1-9]\d{6,14}$/, "a number like +15551234567");

/** WhatsApp's id of a person whose number may be hidden: `US.1349…`. */
const HIDDEN_ID = /^([A-Z]{2})(?:\.ENT)?\.([A-Za-z0-9]{1,128})$/;

const PREFIX = "whatsapp:";

/** Twilio's WhatsApp address (`"whatsapp:+15551234567"`) → phone number; null for others. */
export function parseWhatsAppAddress(address: string): string | null {
  if (!address.startsWith(PREFIX)) return null;
  const phone = phoneSchema.safeParse(address.slice(PREFIX.length));
  return phone.success ? phone.data : null;
}

/** The reverse of `parseWhatsAppAddress`. */
export function whatsAppAddress(phone: string): string {
  return PREFIX + phone;
}

/** A typed number, with or without `+`, `00`, spaces, brackets and hyphens → E.164, or null. */
export function parsePhone(typed: string): string | null {
  const digits = typed.normalize("NFKC").replace(/[\s().\p{Pd}\p{Cf}/]/gu, "").replace(/^00/, "+");
  const phone = phoneSchema.safeParse(digits.startsWith("+") ? digits : `+${digits}`);
  return phone.success ? phone.data : null;
}

/**
 * Other numbers under which WhatsApp may know the owner of this one.
 * Mexico with and without the 1, Argentina with and without the 9 of mobile phones, Brazil with
 * eight or nine digits. https://faq.whatsapp.com/1294841057948784
 */
export function otherSpellings(phone: string): string[] {
  const [, country, rest = ""] = /^\+(52|54|55)(\d+)$/.exec(phone) ?? [];
  switch (country) {
    case "52":
      return mobileMark(country, rest, "1");
    case "54":
      return mobileMark(country, rest, "9");
    case "55": {
      const [, area, nine, local] = /^([1-9]\d)(9?)([6-9]\d{7})$/.exec(rest) ?? [];
      if (area === undefined || local === undefined) return [];
      return [`+55${area}${nine === "" ? "9" : ""}${local}`];
    }
    default:
      return [];
  }
}

/** A national number of ten digits, with the mobile mark added or removed. */
function mobileMark(country: string, rest: string, mark: string): string[] {
  if (/^[1-9]\d{9}$/.test(rest)) return [`+${country}${mark}${rest}`];
  return rest.length === 11 && rest.startsWith(mark) ? [`+${country}${rest.slice(1)}`] : [];
}

/** The address of a person to show: a number before an id, the latest first. */
export function displayAddress(addresses: readonly string[]): string {
  return addresses.find((each) => phoneSchema.safeParse(each).success) ?? addresses[0] ?? "";
}

/** Country codes of two digits; 1 and 7 have one, all others three. */
const TWO = /^(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/**
 * Masks a number or WhatsApp id for lists and logs: country and last characters.
 * `"+1 ••• ••• 4567"`, `"US ••• ••• 4567"`: four characters (two of a short number), the same length
 * for all. Anything else is masked fully.
 */
export function maskPhone(phone: string): string {
  const [, land, id] = HIDDEN_ID.exec(phone) ?? [];
  if (land !== undefined && id !== undefined) {
    return `${land} ••• ••• ${id.slice(id.length >= 6 ? -4 : -2).padStart(4, "•")}`;
  }
  if (!phoneSchema.safeParse(phone).success) return "•••";
  const digits = phone.slice(1);
  const country = digits.slice(0, /^[17]/.test(digits) ? 1 : TWO.test(digits) ? 2 : 3);
  const shown = digits.length - country.length >= 8 ? 4 : 2;
  return `+${country} ••• ••• ${digits.slice(-shown).padStart(4, "•")}`;
}

/** Prefix of simulated phones; no country has this code (https://www.itu.int/rec/T-REC-E.164). */
export const SIMULATED_PREFIX = "+999";

export function isSimulatedPhone(phone: string): boolean {
  return phone.startsWith(SIMULATED_PREFIX);
}
