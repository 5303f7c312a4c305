import { deliveryError, mayPassLater } from "../rules/delivery_errors.ts";
import { furthest, hasFailed } from "../rules/delivery_status.ts";
import { type Outbox, type Phone, phoneKeys, type Sent } from "../records.ts";
import type { StatusUpdate } from "../twilio/webhook.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { markWork } from "./outgoing.ts";

/** How often a report is taken up again that its message overtook. */
const MOST_TRIES = 5;
/** Before a message that did not arrive for a passing reason is sent again: the first time, the next, the last. */
const REPEATS_MS = [30_000, 2 * 60_000, 10 * 60_000];

/**
 * Keeps what Twilio says of a message of ours: the furthest that it came, and
 * what a failure says of its person. One that comes before its message is known
 * by its SID waits for it. What may pass later is put down to be sent again.
 * @returns the number of the person to whom something is to be sent again, or null
 */
export async function recordReport(
  deps: WhatsAppDeps,
  update: StatusUpdate,
): Promise<string | null> {
  const { store: { transactions }, clock } = deps;
  const sentKey = phoneKeys.sent(update.sid);
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
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
    if (done !== "again") return done === "repeats" ? number : null;
  }
  return null;
}

/** A message and its person after a report on it, and what follows from a failure. */
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
  // What did not arrive told nothing.
  const failed: Phone = review === undefined || review.n === n ? told : { ...told, review };
  const pause = REPEATS_MS[row.sentBefore ?? 0];
  // A code is not kept once it went out.
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

/** What is known of a message after one more report, which may be older than the last. */
export function withReport(
  sent: Sent,
  { status, errorCode }: Pick<StatusUpdate, "status" | "errorCode">,
): Sent {
  const holds = sent.status === null ? status : furthest(sent.status, status);
  const code = holds !== status ? sent.code : hasFailed(status) ? errorCode ?? sent.code : null;
  return { ...sent, status: holds, code };
}

/** A message with what was reported of it. */
function reported(row: Outbox, { status, code }: Pick<Sent, "status" | "code">): Outbox {
  return { ...row, status, code: status !== null && hasFailed(status) ? code : null };
}

/** A person to whom a message could not be brought, and what follows from why. */
export function withFailure(phone: Phone, code: number | null, now: number): Phone {
  const error = code === null ? null : deliveryError(code);
  const failed = { ...phone, failure: { code, at: now } };
  if (error?.optOut) return { ...failed, optedOut: true, dropBefore: phone.next, pending: null };
  return error?.closesWindow ? { ...failed, windowShut: true } : failed;
}
