import { type LedgerEntry, meteringKeys } from "../../metering/records.ts";
import type { Key } from "../../store/key.ts";
import { type Outbox, type Phone, phoneKeys } from "../records.ts";
import { isSimulatedPhone } from "../../people/rules/phone.ts";
import { monthOf } from "../../metering/ledger.ts";
import { readsToBook, unbookCost } from "../../metering/booking.ts";
import type { StatusUpdate } from "../twilio/webhook.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { refundSpending, uncountReply } from "./channel_cost.ts";
import type { Leases } from "../inbox/leases.ts";
import { afterTaken } from "../inbox/review_notice.ts";
import { applyReport, newSent, withReport } from "./delivery_reports.ts";

/** Changes of a message and its person after an attempt. */
interface OutboxTransition {
  row: (row: Outbox) => Outbox;
  phone?: (phone: Phone) => Phone;
  /** Advances the outbox to the next message. */
  done: boolean;
  /** Removes the cost: nothing was sent. */
  refund?: boolean;
  /** Twilio's SID, the key of status reports. */
  sid?: string;
  /** A status known with the transition. */
  report?: Pick<StatusUpdate, "status" | "errorCode">;
}

/** Commits transitions of outbox messages. */
export class OutboxTransitions {
  constructor(private readonly deps: WhatsAppDeps, private readonly leases: Leases) {}

  async apply(number: string, n: number, end: OutboxTransition): Promise<void> {
    const { store: { transactions }, clock } = this.deps;
    const phoneKey = phoneKeys.phone(number), rowKey = phoneKeys.outbox(number, n);
    const sentKey = end.sid === undefined ? null : phoneKeys.sent(end.sid);
    const entry = end.refund ? await this.entryOf(number, n) : null;
    const reads: Key<unknown>[] = [phoneKey, rowKey, phoneKeys.work(number)];
    if (sentKey) reads.push(sentKey);
    if (entry) {
      reads.push(
        meteringKeys.ledger(entry.day, entry.turn),
        phoneKeys.replies(monthOf(entry.day)),
        ...readsToBook(entry),
      );
    }
    const state = await transactions.run(reads, (tx) => {
      this.leases.hold(tx, number);
      const phone = tx.get(phoneKey), row = tx.get(rowKey);
      if (phone === null || row === null || phone.sent !== n) return null;
      let after = end.row(row);
      let left = end.phone?.(phone) ?? phone;
      if (row.state !== "taken") left = afterTaken(left, n, after, clock());
      if (entry && row.entry && tx.get(meteringKeys.ledger(entry.day, entry.turn)) !== null) {
        unbookCost(tx, entry, row.entry.hour);
        uncountReply(tx, entry);
        after = { ...after, entry: null };
        left = refundSpending(left, entry.day, entry.usd);
      }
      if (sentKey) {
        // A status report may have come first.
        const before = tx.get(sentKey) ?? newSent(clock());
        const early = end.report ? withReport(before, end.report) : before;
        tx.set(sentKey, { ...early, number, n });
        if (early.status !== null) {
          ({ row: after, phone: left } = applyReport(left, after, n, early, clock()));
        }
      }
      tx.set(rowKey, after);
      const ended = { ...left, sent: end.done ? n + 1 : n };
      tx.set(phoneKey, ended);
      this.leases.end(tx, number, ended);
      return after.state;
    }, 6_000);
    if (state === null || state === "waiting" || isSimulatedPhone(number)) return;
    this.deps.bus.emit("MessagePassed", { direction: "out", status: state });
  }

  private async entryOf(number: string, n: number): Promise<LedgerEntry | null> {
    const { kv } = this.deps.store;
    const entry = (await kv.get(phoneKeys.outbox(number, n))).value?.entry;
    return entry ? (await kv.get(meteringKeys.ledger(entry.day, entry.name))).value : null;
  }
}
