import { type Phone, phoneKeys } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import type { WhatsAppDeps } from "../deps.ts";

/** How long a phone's work belongs to a process that does not say so again. */
export const LEASE_MS = 60_000;

/** Another process does this phone's work now. */
export class LeaseLost extends Error {
  override name = "LeaseLost";
}

/**
 * Which process does the work of a phone: one at a time. A lease ends by itself,
 * or with its process.
 */
export class Leases {
  constructor(private readonly deps: WhatsAppDeps) {}

  /** Takes a phone's work; false when there is none, or another process does it. */
  async take(number: string): Promise<boolean> {
    const { store: { transactions, processes }, clock } = this.deps;
    const key = phoneKeys.work(number);
    const known = transactions.cached(key)?.value?.lease;
    // As whoever put something there left it; if it is not so any more, hold() sees it.
    if (known?.process === processes.self && known.until - clock() > LEASE_MS / 2) return true;
    // Whether a process lives is asked only where one has the lease: it is on the list before it takes any.
    for (const asked of [false, true]) {
      const others = asked ? await processes.others(clock()) : [];
      const living = new Set(others.filter(({ gone }) => !gone).map(({ id }) => id));
      const answer = await transactions.run([key], (tx) => {
        const work = tx.get(key);
        if (work === null) return "nothing";
        const { lease } = work;
        const held = lease !== null && lease.process !== processes.self && lease.until > clock() &&
          (!asked || living.has(lease.process));
        if (held) return "held";
        tx.set(key, { lease: this.own() });
        return "taken";
      });
      if (answer !== "held") return answer === "taken";
    }
    return false;
  }

  /**
   * To be called in every transaction of the work: that it is still ours, and
   * goes on to be. What is read: the phone's work.
   * @throws {LeaseLost}
   */
  hold(tx: Tx, number: string): void {
    const { store: { processes }, clock } = this.deps;
    const key = phoneKeys.work(number);
    const lease = tx.get(key)?.lease;
    if (lease?.process !== processes.self) throw new LeaseLost();
    if (lease.until - clock() < LEASE_MS / 2) tx.set(key, { lease: this.own() });
  }

  /**
   * Ends the work when nothing is left to do, in a transaction that leaves the
   * person so. What is read: the phone's work.
   */
  end(tx: Tx, number: string, phone: Phone): void {
    const done = phone.answered >= phone.arrived && phone.sent >= phone.next;
    if (done && !waitsForTime(phone)) tx.delete(phoneKeys.work(number));
  }

  /** Ends the work when nothing is left to do; false when something came. */
  async finish(number: string): Promise<boolean> {
    const { transactions, processes } = this.deps.store;
    if (transactions.cached(phoneKeys.work(number))?.value === null) return true;
    const workKey = phoneKeys.work(number), phoneKey = phoneKeys.phone(number);
    return await transactions.run([workKey, phoneKey], (tx) => {
      const work = tx.get(workKey), phone = tx.get(phoneKey);
      if (work?.lease?.process !== processes.self) return true;
      if (phone && (phone.answered < phone.arrived || phone.sent < phone.next)) return false;
      if (phone && waitsForTime(phone)) tx.set(workKey, { lease: null });
      else tx.delete(workKey);
      return true;
    });
  }

  /** Leaves the work to whoever comes. */
  async release(number: string): Promise<void> {
    const { transactions, processes } = this.deps.store;
    const key = phoneKeys.work(number);
    await transactions.run([key], (tx) => {
      if (tx.get(key)?.lease?.process === processes.self) tx.set(key, { lease: null });
    });
  }

  private own() {
    const { store: { processes }, clock } = this.deps;
    return { process: processes.self, until: clock() + LEASE_MS };
  }
}

/** Whether somebody must look again later: for a takeover's end, a message to be sent again, a record to be joined. */
function waitsForTime({ takeover, repeats, joins }: Phone): boolean {
  return takeover !== null || (repeats ?? []).length > 0 || joins !== undefined;
}
