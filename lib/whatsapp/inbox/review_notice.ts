import { texts } from "../../locales/whatsapp/texts.ts";
import { type Inbox, type Outbox, type Phone, phoneKeys } from "../records.ts";
import type { WhatsAppDeps } from "../deps.ts";

interface Disclosure {
  /** Whether reviewers may read the messages. */
  readable: boolean;
  /** Notice to send before the answer, if any. */
  notice: string | null;
}

/**
 * Decides whether reviewers may read messages and whether the person needs the notice first.
 * Readable are only messages that came after Twilio took the notice. It is sent again when the
 * review's settings change or the notice did not go out.
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

/** Records that the person was told, if the message that was taken is the review notice. */
export function afterTaken(phone: Phone, n: number, row: Outbox, now: number): Phone {
  const told = row.state === "taken" && phone.review?.n === n;
  return told ? { ...phone, review: { n, at: now } } : phone;
}
