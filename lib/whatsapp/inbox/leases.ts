import { type Phone, phoneKeys } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import type { WhatsAppDeps } from "../deps.ts";

/** Lifetime of a lease that is not renewed. */
export const LEASE_MS = 60_000;

/** Another process holds the phone's lease. */
export class LeaseLost extends Error {
  override name = "LeaseLost";
}

/** Leases on phones' work: one process at a time. A lease ends by expiry or with its process. */
export class Leases {
  constructor(private readonly deps: WhatsAppDeps) {}

  /** Acquires a phone's lease; false without work, or while another process holds it. */
  async take(number: string): Promise<boolean> {
    const { store: { transactions, processes }, clock } = this.deps;
    const key = phoneKeys.work(number);
    const known = transactions.cached(key)?.value?.lease;
    // From the cache, possibly stale: hold() verifies it.
    if (known?.process === processes.self && known.until - clock() > LEASE_MS / 2) return true;
    // The process list is read only for a held lease: a process registers before it acquires any.
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
   * Verifies and renews the lease in a transaction of the phone's work. Reads: `work`.
   * @throws {LeaseLost}
   */
  hold(tx: Tx, number: string): void {
    const { store: { processes }, clock } = this.deps;
    const key = phoneKeys.work(number);
    const lease = tx.get(key)?.lease;
    if (lease?.process !== processes.self) throw new LeaseLost();
    if (lease.until - clock() < LEASE_MS / 2) tx.set(key, { lease: this.own() });
  }

  /** Deletes the work if `phone`, as this transaction leaves it, has none left. Reads: `work`. */
  end(tx: Tx, number: string, phone: Phone): void {
    const done = phone.answered >= phone.arrived && phone.sent >= phone.next;
    if (done && !waitsForTime(phone)) tx.delete(phoneKeys.work(number));
  }

  /** Ends the work when none is left; false when more came. */
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

  /** Gives up the lease and leaves the work. */
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

/** Whether work is due later: a handoff's end, a repeated message, a speech, a record merge. */
function waitsForTime({ takeover, repeats, speeches, joins }: Phone): boolean {
  return takeover !== null || (repeats ?? []).length > 0 || (speeches ?? []).length > 0 ||
    joins !== undefined;
}
