import { deliveryError, mayPassLater } from "../rules/delivery_errors.ts";
import { furthest, hasFailed } from "../rules/delivery_status.ts";
import { type Outbox, type Phone, phoneKeys, type Sent } from "../records.ts";
import type { StatusUpdate } from "../twilio/webhook.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { markWork } from "./outgoing.ts";

/** Attempts for a report whose message is stored at the same time. */
const MAX_TRIES = 5;
/** Delays before each repetition of a message that failed for a passing reason. */
const REPEAT_DELAYS_MS = [30_000, 2 * 60_000, 10 * 60_000];

/**
 * Stores a status report: the furthest status, and the effect of a failure on the person.
 * A report that precedes its message's SID is kept for it. Passing failures schedule a repetition.
 * @returns the number that the message went to, null while it is unknown, and whether the message
 * is to be repeated
 */
export async function recordReport(
  deps: WhatsAppDeps,
  update: StatusUpdate,
): Promise<{ number: string | null; repeats: boolean }> {
  const { store: { transactions }, clock } = deps;
  const sentKey = phoneKeys.sent(update.sid);
  for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
    const seen = await transactions.read(sentKey);
    const number = seen?.number ?? null;
    const outboxKey = phoneKeys.outbox(number ?? "", seen?.n ?? 0);
    const phoneKey = phoneKeys.phone(number ?? "");
    const reads = number === null
      ? [sentKey]
      : [sentKey, outboxKey, phoneKey, phoneKeys.work(number)];
    const done = await transactions.run<"again" | "repeats" | "kept">(reads, (tx) => {
      const sent = tx.get(sentKey);
      if (sent !== null && sent.number !== number) return "again";
      const now = clock();
      const after = withReport(sent ?? newSent(now), update);
      tx.set(sentKey, after);
      if (number === null) return "kept";
      const row = tx.get(outboxKey), phone = tx.get(phoneKey);
      if (row === null || phone === null) return "kept";
      const left = applyReport(phone, row, seen?.n ?? 0, after, now);
      tx.set(outboxKey, left.row);
      if (left.phone !== phone) tx.set(phoneKey, left.phone);
      if (left.row.repeat === undefined || row.repeat !== undefined) return "kept";
      markWork(tx, number);
      return "repeats";
    });
    if (done !== "again") return { number, repeats: done === "repeats" };
  }
  return { number: null, repeats: false };
}

/** Applies a report to a message and its person; schedules a repetition of passing failures. */
export function applyReport(
  phone: Phone,
  row: Outbox,
  n: number,
  report: Pick<Sent, "status" | "code">,
  now: number,
): { phone: Phone; row: Outbox } {
  const after = reported(row, report);
  if (report.status === null || !hasFailed(report.status)) return { phone, row: after };
  const { review, ...told } = withFailure(phone, report.code, now);
  // A review notice that did not arrive has told nothing.
  const failed: Phone = review === undefined || review.n === n ? told : { ...told, review };
  const pause = REPEAT_DELAYS_MS[row.sentBefore ?? 0];
  // The text of a `code` is deleted once sent, so it cannot be repeated.
  const repeats = mayPassLater(report.code) && pause !== undefined && row.repeat === undefined &&
    row.kind !== "code" && !failed.blocked && (row.kind === "goodbye" || !failed.optedOut);
  if (!repeats) return { phone: failed, row: after };
  return {
    phone: { ...failed, repeats: [...failed.repeats ?? [], n] },
    row: { ...after, repeat: { at: now + pause, as: null } },
  };
}

export function newSent(at: number): Sent {
  return { number: null, n: 0, status: null, code: null, at };
}

/** Merges a report, which may be older than the last. */
export function withReport(
  sent: Sent,
  { status, errorCode }: Pick<StatusUpdate, "status" | "errorCode">,
): Sent {
  const holds = sent.status === null ? status : furthest(sent.status, status);
  const code = holds !== status ? sent.code : hasFailed(status) ? errorCode ?? sent.code : null;
  return { ...sent, status: holds, code };
}

function reported(row: Outbox, { status, code }: Pick<Sent, "status" | "code">): Outbox {
  return { ...row, status, code: status !== null && hasFailed(status) ? code : null };
}

/** Records a failure at the person: opts out or closes the window where the code says so. */
export function withFailure(phone: Phone, code: number | null, now: number): Phone {
  const error = code === null ? null : deliveryError(code);
  const failed = { ...phone, failure: { code, at: now } };
  if (error?.optOut) return { ...failed, optedOut: true, dropBefore: phone.next, pending: null };
  return error?.closesWindow ? { ...failed, windowShut: true } : failed;
}
