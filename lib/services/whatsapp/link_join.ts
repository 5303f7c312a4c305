import { texts } from "../../domain/dialogue_texts.ts";
import { maskPhone } from "../../domain/phone.ts";
import { type Key, keys } from "../../store/keys.ts";
import type { Phone } from "../../store/phone_records.ts";
import type { Tx } from "../../store/transactions.ts";
import type { Deps } from "../deps.ts";
import type { Outgoing } from "./outgoing.ts";

/** One of the two was linked anew while their link was made: look again. */
class Relinked extends Error {
  override name = "Relinked";
}

/** With whom two that are to be linked are linked as it is. */
interface Ends {
  visitor: string;
  number: string;
  visitorsNumber: string | null;
  phonesVisitor: string | null;
}

/** What can be done in the transaction that decides whether two are linked. */
export interface Join {
  /** Whether they are linked with each other already. */
  readonly stands: boolean;
  /** Links them, and lets the phone go on with a tool, if any. */
  make(tool: string | null): void;
}

/** Makes and ends links, each in one commit, and tells whoever did not ask for it. */
export class LinkJoiner {
  constructor(
    private readonly deps: Pick<Deps, "store" | "clock">,
    private readonly outgoing: Outgoing,
  ) {}

  /**
   * Runs `work` in a transaction that may link a visitor with a phone. Whom
   * either was linked with before is linked no more: a visitor finds it on his
   * page, a phone is sent a message.
   * @param reads what `work` reads by itself
   */
  async run<T>(
    visitor: string,
    number: string,
    reads: readonly Key<unknown>[],
    work: (tx: Tx, join: Join) => T,
  ): Promise<T> {
    const { store, clock } = this.deps;
    for (;;) {
      const ends = await this.ends(visitor, number);
      const now = clock();
      let left: string | null = null;
      try {
        const result = await store.transactions.run(
          [...reads, ...this.readsOf(ends)],
          (tx) => {
            left = null;
            const phone = tx.get(keys.phone(number));
            return work(tx, {
              stands: phone?.linked?.visitor === visitor,
              make: (tool) => void (left = this.make(tx, ends, tool, now)),
            });
          },
          8_000,
        );
        if (left !== null) this.outgoing.wake(left);
        return result;
      } catch (error) {
        if (!(error instanceof Relinked)) throw error;
      }
    }
  }

  /**
   * Ends a visitor's link, if there is one.
   * @param tell who is told: the one who did not ask for it
   */
  async part(visitor: string, number: string, tell: "phone" | "visitor"): Promise<void> {
    const { store, clock } = this.deps;
    const now = clock();
    const phoneKey = keys.phone(number), linkedKey = keys.linked(visitor);
    const reads = [phoneKey, linkedKey, ...this.outgoing.reads(number)];
    await store.transactions.run(reads, (tx) => {
      const phone = tx.get(phoneKey);
      if (tx.get(linkedKey) === number) tx.delete(linkedKey);
      if (phone?.linked?.visitor !== visitor) return;
      tx.set(phoneKey, tell === "phone" ? this.left(tx, number, phone, now) : apart(phone, now));
      if (tell === "phone") return;
      tx.set(keys.linkEnded(visitor), { at: now, phone: maskPhone(number), by: "phone" });
    });
    if (tell === "phone") this.outgoing.wake(number);
  }

  private async ends(visitor: string, number: string): Promise<Ends> {
    const { phones } = this.deps.store;
    const [visitorsNumber, phone] = await Promise.all([
      phones.linkedTo(visitor),
      phones.get(number),
    ]);
    return { visitor, number, visitorsNumber, phonesVisitor: phone?.linked?.visitor ?? null };
  }

  private readsOf({ visitor, number, visitorsNumber, phonesVisitor }: Ends): Key<unknown>[] {
    const reads: Key<unknown>[] = [keys.phone(number), keys.linked(visitor)];
    if (visitorsNumber !== null && visitorsNumber !== number) {
      reads.push(keys.phone(visitorsNumber), ...this.outgoing.reads(visitorsNumber));
    }
    if (phonesVisitor !== null && phonesVisitor !== visitor) reads.push(keys.linked(phonesVisitor));
    return reads;
  }

  /** Returns the phone that lost its link, and is to be told. */
  private make(tx: Tx, ends: Ends, tool: string | null, now: number): string | null {
    const { visitor, number, visitorsNumber, phonesVisitor } = ends;
    const phone = tx.get(keys.phone(number));
    const moved = (phone?.linked?.visitor ?? null) !== phonesVisitor ||
      tx.get(keys.linked(visitor)) !== visitorsNumber;
    if (phone === null || moved) throw new Relinked();
    const left = visitorsNumber === number ? null : visitorsNumber;
    const other = left === null ? null : tx.get(keys.phone(left));
    if (left !== null && other?.linked?.visitor === visitor) {
      tx.set(keys.phone(left), this.left(tx, left, other, now));
    }
    if (phonesVisitor !== null && phonesVisitor !== visitor) {
      tx.delete(keys.linked(phonesVisitor));
      tx.set(keys.linkEnded(phonesVisitor), { at: now, phone: maskPhone(number), by: "replaced" });
    }
    const stands = phone.linked?.visitor === visitor ? phone.linked : null;
    tx.set(keys.phone(number), {
      ...phone,
      linked: stands ?? { visitor, since: now, mirror: "reply" },
      tool: tool ?? phone.tool,
      updatedAt: now,
    });
    tx.set(keys.linked(visitor), number);
    tx.delete(keys.linkEnded(visitor));
    return left;
  }

  /** A phone whose link somebody else ended, and that is told. */
  private left(tx: Tx, number: string, phone: Phone, now: number): Phone {
    const body = texts(phone.language).unlinked;
    return this.outgoing.post(tx, number, apart(phone, now), { kind: "notice", body });
  }
}

function apart(phone: Phone, now: number): Phone {
  const pending = phone.pending?.kind === "unlink" ? null : phone.pending;
  return { ...phone, linked: null, pending, updatedAt: now };
}
