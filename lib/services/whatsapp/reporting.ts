import { deliveryError } from "../../domain/delivery_errors.ts";
import { furthest, hasFailed } from "../../domain/delivery_status.ts";
import { keys } from "../../store/keys.ts";
import type { Outbox, Phone, Sent } from "../../store/phone_records.ts";
import type { StatusUpdate } from "../../whatsapp/webhook.ts";
import type { Deps } from "../deps.ts";

/** How often a report is taken up again that its message overtook. */
const MOST_TRIES = 5;

/**
 * Keeps what Twilio says of a message of ours: the furthest that it came, and
 * what a failure says of its person. One that comes before its message is known
 * by its SID waits for it.
 */
export async function keepReport(deps: Deps, update: StatusUpdate): Promise<void> {
  const { store: { transactions }, clock } = deps;
  const sentKey = keys.sent(update.sid);
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const seen = await transactions.look(sentKey);
    const number = seen?.number ?? null;
    const outboxKey = keys.outbox(number ?? "", seen?.n ?? 0);
    const phoneKey = keys.phone(number ?? "");
    const reads = number === null ? [sentKey] : [sentKey, outboxKey, phoneKey];
    const done = await transactions.run(reads, (tx) => {
      const sent = tx.get(sentKey);
      if (sent !== null && sent.number !== number) return false;
      const now = clock();
      const after = withReport(sent ?? newSent(now), update);
      tx.set(sentKey, after);
      if (number === null) return true;
      const row = tx.get(outboxKey);
      if (row) tx.set(outboxKey, reported(row, after));
      const phone = tx.get(phoneKey);
      if (phone && after.status !== null && hasFailed(after.status)) {
        tx.set(phoneKey, withFailure(phone, after.code, now));
      }
      return true;
    });
    if (done) return;
  }
}

export function newSent(at: number): Sent {
  return { number: null, n: 0, status: null, code: null, at };
}

function withReport(sent: Sent, { status, errorCode }: StatusUpdate): Sent {
  const holds = sent.status === null ? status : furthest(sent.status, status);
  const code = holds !== status ? sent.code : hasFailed(status) ? errorCode ?? sent.code : null;
  return { ...sent, status: holds, code };
}

/** A message with what was reported of it. */
export function reported(row: Outbox, { status, code }: Pick<Sent, "status" | "code">): Outbox {
  return { ...row, status, code: status !== null && hasFailed(status) ? code : null };
}

/** A person to whom a message could not be brought, and what follows from why. */
export function withFailure(phone: Phone, code: number | null, now: number): Phone {
  const error = code === null ? null : deliveryError(code);
  const failed = { ...phone, failure: { code, at: now } };
  if (error?.optOut) return { ...failed, optedOut: true, dropBefore: phone.next, pending: null };
  return error?.closesWindow ? { ...failed, windowShut: true } : failed;
}
