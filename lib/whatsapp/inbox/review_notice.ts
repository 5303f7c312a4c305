import { texts } from "../../locales/whatsapp/texts.ts";
import { type Inbox, type Outbox, type Phone, phoneKeys } from "../records.ts";
import type { WhatsAppDeps } from "../deps.ts";

/** Whether people of the organisation may read what somebody wrote now. */
export interface Disclosure {
  readable: boolean;
  /** What the person is to be told first; null where nothing is. */
  notice: string | null;
}

/**
 * While the quality review is on, a person on WhatsApp is told so, and only what
 * they write after Twilio took that message may be read. They are told again
 * when the review is set anew, or the message did not go out.
 */
export async function disclosureTo(
  { store }: Pick<WhatsAppDeps, "store">,
  number: string,
  { review: told, language }: Phone,
  messages: readonly Pick<Inbox, "at">[],
): Promise<Disclosure> {
  const { review, changes } = store.settings.current;
  if (!review.enabled) return { readable: false, notice: null };
  const since = changes.review?.at ?? 0;
  const at = told?.at ?? null;
  if (at !== null && at >= since) {
    return { readable: messages.every((each) => each.at > at), notice: null };
  }
  const notice = review.notice.trim() || texts(language).reviewed;
  if (told === undefined || at !== null) return { readable: false, notice };
  const { value: row } = await store.kv.get(phoneKeys.outbox(number, told.n));
  const underWay = row?.state === "waiting" || row?.state === "trying" || row?.state === "unknown";
  return { readable: false, notice: underWay ? null : notice };
}

/** The person after a message to them went out: told, if it was the one about the review. */
export function afterTaken(phone: Phone, n: number, row: Outbox, now: number): Phone {
  const told = row.state === "taken" && phone.review?.n === n;
  return told ? { ...phone, review: { n, at: now } } : phone;
}
