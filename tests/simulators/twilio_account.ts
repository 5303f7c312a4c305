import { newSid } from "./twilio_phone.ts";

/** The account as the connection test sees it; mutable. */
export interface AccountState {
  status: "active" | "suspended" | "closed";
  type: "Full" | "Trial";
  /** The number's WhatsApp sender and its state; null for none. */
  sender: "ONLINE" | "OFFLINE" | null;
  /** Whether the number belongs to the account. */
  owned: boolean;
  /** The webhook that is set for the sender. */
  webhook: string | null;
}

/** The API's answer about the account at this path, or null for 404. */
export function lookUp(
  { status, type, sender, owned, webhook }: AccountState,
  accountSid: string,
  number: string,
  { pathname, searchParams }: URL,
): Record<string, unknown> | null {
  const account = `/2010-04-01/Accounts/${accountSid}`;
  const one = { sid: "XE0", sender_id: `whatsapp:${number}`, status: sender };
  const asked = searchParams.get("PhoneNumber");
  switch (pathname) {
    case `${account}.json`:
      return { sid: accountSid, status, type };
    case `${account}/IncomingPhoneNumbers.json`: {
      const found = owned && (asked === null || asked === number);
      return {
        incoming_phone_numbers: found ? [{ sid: newSid("PN"), phone_number: number }] : [],
        next_page_uri: null,
      };
    }
    case "/v2/Channels/Senders":
      return { senders: sender === null ? [] : [one], meta: { key: "senders" } };
    case "/v2/Channels/Senders/XE0":
      return { ...one, webhook: { callback_url: webhook, callback_method: "POST" } };
    default:
      return null;
  }
}
