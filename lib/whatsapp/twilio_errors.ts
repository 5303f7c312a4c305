import type { RefusalClass } from "./messenger.ts";

interface KnownError {
  class: RefusalClass;
  /** For the administrator: what it means and what to do. */
  meaning: string;
}

const known = (kind: RefusalClass, meaning: string): KnownError => ({ class: kind, meaning });

/** The errors that matter on WhatsApp: https://www.twilio.com/docs/api/errors */
const ERRORS: ReadonlyMap<number, KnownError> = new Map([
  [10001, known("auth", "The Twilio account is not active.")],
  [20001, known("later", "Twilio could not say what was wrong. It may pass later.")],
  [20003, known("auth", "Twilio does not take the account SID and token. Check both keys.")],
  [20005, known("auth", "The Twilio account is not active.")],
  [20006, known("auth", "This account may not do that at Twilio.")],
  [20008, known("auth", "Twilio's test keys cannot send on WhatsApp. Use the live ones.")],
  [20403, known("auth", "This account may not do that at Twilio.")],
  [20404, known("auth", "Twilio does not know this account. Check the account SID.")],
  [20429, known("rate", "Too many requests to Twilio at once.")],
  [20500, known("later", "Twilio had a fault of its own.")],
  [20503, known("later", "Twilio is not available for the moment.")],
  [21211, known("never", "Twilio takes this for no phone number.")],
  [21212, known("auth", "Twilio does not take our own number. Check TWILIO_PHONE_NUMBER.")],
  [21408, known("auth", "The account may not send to this country.")],
  [21603, known("auth", "Twilio misses our own number. Check TWILIO_PHONE_NUMBER.")],
  [21606, known("auth", "Our number belongs to another account or cannot send.")],
  [21610, known("optedOut", "This person has opted out of messages.")],
  [21611, known("rate", "Too many messages are waiting at Twilio for our number.")],
  [21614, known("never", "Twilio takes this for no mobile number.")],
  [21617, known("never", "The message is longer than 1,600 characters.")],
  [21620, known("never", "Twilio cannot use the address of the attachment.")],
  [21654, known("never", "The template is not known. Check TWILIO_TEMPLATE_SID.")],
  [21655, known("never", "The template is not known. Check TWILIO_TEMPLATE_SID.")],
  [21656, known("never", "The template's values are not what it takes.")],
  [21658, known("never", "The message is longer than the channel takes.")],
  [21660, known("auth", "Our number belongs to another account.")],
  [30001, known("rate", "Too many messages were waiting at Twilio.")],
  [30002, known("auth", "The Twilio account is suspended.")],
  [30003, known("later", "The phone could not be reached.")],
  [30007, known("never", "The message was filtered as unwanted.")],
  [30008, known("later", "It was not delivered; nobody said why.")],
  [63001, known("auth", "WhatsApp does not take the sender's keys at Twilio.")],
  [63003, known("never", "This number is not on WhatsApp.")],
  [63005, known("never", "WhatsApp does not take this content.")],
  [63007, known("auth", "Our number is no WhatsApp sender. Check TWILIO_PHONE_NUMBER.")],
  [63010, known("later", "Twilio had a fault of its own.")],
  [63012, known("later", "WhatsApp had a fault of its own.")],
  [63013, known("never", "The message breaks a rule of WhatsApp's.")],
  [63015, known("never", "This person has not joined the sandbox, or left it after three days.")],
  [
    63016,
    known(
      "windowClosed",
      "The person's last message is over 24 hours old. Only a template may be sent.",
    ),
  ],
  [63017, known("rate", "Too many messages for our number.")],
  [63018, known("rate", "Too many messages in a short time for our number.")],
  [63019, known("never", "The attachment could not be fetched.")],
  [63020, known("auth", "WhatsApp's terms are not accepted, or a bill is unpaid, at Meta.")],
  [63021, known("never", "WhatsApp takes the message for malformed.")],
  [63024, known("never", "This person cannot get messages from us on WhatsApp.")],
  [63027, known("never", "The template does not exist in this language.")],
  [63028, known("never", "The template's values do not fit its placeholders.")],
  [63032, known("never", "WhatsApp does not deliver to this person for the moment.")],
  [63033, known("never", "This person cannot get messages from us on WhatsApp.")],
  [63036, known("never", "This number is not on WhatsApp.")],
  [63038, known("later", "The account's messages of the day are used up.")],
  [63040, known("never", "The template was rejected by WhatsApp.")],
  [63041, known("never", "The template is paused by WhatsApp for low quality.")],
  [63042, known("never", "The template is switched off by WhatsApp for low quality.")],
  [63049, known("never", "WhatsApp chose not to deliver this marketing message.")],
  [63051, known("auth", "The WhatsApp business account is locked.")],
]);

/**
 * What a refusal is to whoever sent the message. Unknown codes go by the status:
 * what is wrong with the request itself never passes.
 */
export function refusalClass(code: number | null, httpStatus: number | null): RefusalClass {
  if (httpStatus === 401 || httpStatus === 403) return codeClass(code) ?? "auth";
  if (httpStatus === 429) return "rate";
  const byCode = codeClass(code);
  if (byCode !== undefined) return byCode;
  if (httpStatus === 404) return "auth";
  return httpStatus === null || httpStatus === 408 || httpStatus >= 500 ? "later" : "never";
}

const codeClass = (code: number | null) => code === null ? undefined : ERRORS.get(code)?.class;

/** What an error code of an answer or a status callback means, as a sentence for the administrator. */
export function errorMeaning(code: number): string {
  return ERRORS.get(code)?.meaning ??
    `Twilio's error ${code}: see twilio.com/docs/api/errors/${code}.`;
}
