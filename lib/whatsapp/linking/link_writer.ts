import { texts } from "../../locales/whatsapp/texts.ts";
import { maskPhone } from "../../people/rules/phone.ts";
import type { Key } from "../../store/key.ts";
import { linkKeys } from "./records.ts";
import { type Phone, phoneKeys } from "../records.ts";
import { StaleRead, type Tx } from "../../store/transactions.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { carryShare, readsToCarryShare } from "../../metering/shares.ts";
import {
  armsOf,
  checkArms,
  type SeenArms,
  uniteArms,
} from "../../experiments/counts/linked_arms.ts";
import { carryChoice, readsToCarryChoice } from "../../memory/linked_memory.ts";
import { Erasures } from "../../people/erasures.ts";
import { personAddress } from "./identity.ts";
import { type LinkNotice, linkNotice } from "./link_notice.ts";

/** One end was linked anew during the attempt: read again. */
class LinkChanged extends Error {
  override name = "LinkChanged";
}

/** The two ends of a link, each with its present link. */
interface LinkEnds {
  visitor: string;
  number: string;
  visitorsNumber: string | null;
  phonesVisitor: string | null;
  /** The visitors of the two phones' own conversations. */
  own: string | null;
  leavingOwn: string | null;
  /** Notice to the phone that the visitor leaves, if any. */
  leaving: LinkNotice | null;
  /** The variants of all these visitors. */
  arms: SeenArms;
}

/** Operations in the transaction that decides about the link. */
export interface Join {
  /** Whether the two are linked with each other already. */
  readonly isLinked: boolean;
  /** Links them and selects a tool on the phone, if given. */
  link(tool: string | null): void;
}

/** Makes and ends links, each in one commit with the notice to the other side. */
export class LinkWriter {
  private readonly erasures: Erasures;

  constructor(private readonly deps: WhatsAppDeps) {
    this.erasures = new Erasures(deps);
  }

  /**
   * Runs `work` in a transaction that may link a visitor with a phone.
   * Earlier links of either end; a visitor sees that on their page, a phone gets a message.
   * @param reads keys that `work` reads
   */
  async run<T>(
    visitor: string,
    number: string,
    reads: readonly Key<unknown>[],
    work: (tx: Tx, join: Join) => T,
  ): Promise<T> {
    for (;;) {
      // Two records may have been merged since.
      const ends = await this.ends(visitor, await this.deps.store.phones.numberAt(number));
      const now = this.deps.clock();
      try {
        const result = await this.deps.store.transactions.run(
          [...reads, ...readsOf(ends)],
          (tx) => {
            const phone = tx.get(phoneKeys.phone(ends.number));
            return work(tx, {
              isLinked: phone?.linked?.visitor === visitor,
              link: (tool) => make(tx, ends, { tool, now, erasures: this.erasures }),
            });
          },
          8_000,
        );
        this.erasures.told();
        if (ends.leaving && ends.visitorsNumber) {
          this.deps.bus.emit("OutboxGrew", { number: ends.visitorsNumber });
        }
        return result;
      } catch (error) {
        if (!isChanged(error)) throw error;
      }
    }
  }

  /**
   * Ends a link, if it still exists.
   * @param asked the side that ends it; the other one is told
   */
  async unlink(visitor: string, number: string, asked: "visitor" | "phone"): Promise<void> {
    for (;;) {
      try {
        return await this.tryUnlink(visitor, number, asked);
      } catch (error) {
        if (!isChanged(error)) throw error;
      }
    }
  }

  private async tryUnlink(
    visitor: string,
    number: string,
    asked: "visitor" | "phone",
  ): Promise<void> {
    const { phones, transactions } = this.deps.store;
    const now = this.deps.clock();
    const phoneKey = phoneKeys.phone(number), linkedKey = phoneKeys.linked(visitor);
    const tell = asked === "visitor" ? await linkNotice(this.deps, number) : null;
    const own = (await phones.get(number))?.own ?? visitor;
    const arms = await armsOf(this.deps.store, [visitor, own]);
    const reads = [
      phoneKey,
      linkedKey,
      ...readsToCarry([visitor, own]),
      ...arms.reads,
      ...tell?.reads ?? [],
    ];
    await transactions.run(reads, (tx) => {
      const phone = tx.get(phoneKey);
      if (tx.get(linkedKey) === number) tx.delete(linkedKey);
      if (phone?.linked?.visitor !== visitor) return;
      this.erasures.note(tx, { kind: "unlink", visitor, own: phone.own });
      checkArms(tx, arms);
      if (phone.own === own) {
        carry(tx, visitor, own);
        uniteArms(tx, arms, visitor, own);
      }
      tx.set(phoneKey, unlinked(tx, phone, tell, now));
      if (tell !== null) return;
      tx.set(linkKeys.linkEnded(visitor), {
        at: now,
        phone: maskPhone(personAddress({ number, phone })),
        by: "phone",
      });
    }, 6_000);
    this.erasures.told();
    if (tell !== null) this.deps.bus.emit("OutboxGrew", { number });
  }

  /** Ends a visitor's codes, so that none can link them. */
  async endCodes(visitor: string): Promise<void> {
    const offerKey = linkKeys.linkOffer(visitor, "page");
    await this.deps.store.transactions.run([offerKey], (tx) => {
      const shown = tx.get(offerKey);
      if (shown !== null) tx.delete(linkKeys.linkCode(shown.hash));
      tx.delete(offerKey);
      tx.delete(linkKeys.linkOffer(visitor, "phone"));
    });
  }

  /** Deletes the records of a visitor's links, except the link itself. */
  async deleteVisitor(visitor: string): Promise<void> {
    await this.endCodes(visitor);
    await this.deps.store.transactions.run([], (tx) => tx.delete(linkKeys.linkEnded(visitor)));
  }

  private async ends(visitor: string, number: string): Promise<LinkEnds> {
    const { phones } = this.deps.store;
    const [visitorsNumber, phone] = await Promise.all([
      phones.linkedTo(visitor),
      phones.get(number),
    ]);
    const left = visitorsNumber === null || visitorsNumber === number ? null : visitorsNumber;
    const ends = {
      visitor,
      number,
      visitorsNumber,
      phonesVisitor: phone?.linked?.visitor ?? null,
      own: phone?.own ?? null,
      leavingOwn: left === null ? null : (await phones.get(left))?.own ?? null,
      leaving: left === null ? null : await linkNotice(this.deps, left),
    };
    return { ...ends, arms: await armsOf(this.deps.store, visitorsOf(ends)) };
  }
}

const isChanged = (error: unknown) => error instanceof LinkChanged || error instanceof StaleRead;

/** What follows a person from one visitor to another: their use of a day, and a no to memory. */
function carry(tx: Tx, from: string, to: string): void {
  carryShare(tx, from, to);
  carryChoice(tx, from, to);
}

function readsToCarry(visitors: readonly string[]): Key<unknown>[] {
  return [...readsToCarryShare(visitors), ...readsToCarryChoice(visitors)];
}

/** The visitors that become one person, or have been. */
function visitorsOf(
  { visitor, phonesVisitor, own, leavingOwn }: Omit<LinkEnds, "arms">,
): string[] {
  return [visitor, phonesVisitor, own, leavingOwn].filter((each) => each !== null);
}

function readsOf(ends: LinkEnds): Key<unknown>[] {
  const { visitor, number, phonesVisitor, leaving, arms } = ends;
  const reads: Key<unknown>[] = [
    phoneKeys.phone(number),
    phoneKeys.linked(visitor),
    ...readsToCarry(visitorsOf(ends)),
    ...arms.reads,
  ];
  if (leaving !== null) reads.push(...leaving.reads);
  if (phonesVisitor !== null && phonesVisitor !== visitor) {
    reads.push(phoneKeys.linked(phonesVisitor));
  }
  return reads;
}

function make(
  tx: Tx,
  ends: LinkEnds,
  { tool, now, erasures }: { tool: string | null; now: number; erasures: Erasures },
): void {
  const { visitor, number, visitorsNumber, phonesVisitor, leaving, arms } = ends;
  const phone = tx.get(phoneKeys.phone(number));
  const moved = (phone?.linked?.visitor ?? null) !== phonesVisitor ||
    tx.get(phoneKeys.linked(visitor)) !== visitorsNumber || (phone?.own ?? null) !== ends.own;
  if (phone === null || phone.joins !== undefined || moved) throw new LinkChanged();
  checkArms(tx, arms);
  if (visitorsNumber !== null && leaving !== null) {
    const left = tx.get(phoneKeys.phone(visitorsNumber));
    if (left?.linked?.visitor === visitor) {
      if (left.own !== ends.leavingOwn) throw new LinkChanged();
      erasures.note(tx, { kind: "unlink", visitor, own: left.own });
      carry(tx, visitor, left.own);
      uniteArms(tx, arms, visitor, left.own);
      tx.set(phoneKeys.phone(visitorsNumber), unlinked(tx, left, leaving, now));
    }
  }
  if (phonesVisitor !== null && phonesVisitor !== visitor) {
    erasures.note(tx, { kind: "unlink", visitor: phonesVisitor, own: phone.own });
    tx.delete(phoneKeys.linked(phonesVisitor));
    tx.set(linkKeys.linkEnded(phonesVisitor), {
      at: now,
      phone: maskPhone(personAddress({ number, phone })),
      by: "replaced",
    });
  }
  if (phonesVisitor !== null) {
    carry(tx, phonesVisitor, phone.own);
    uniteArms(tx, arms, phonesVisitor, phone.own);
  }
  carry(tx, phone.own, visitor);
  uniteArms(tx, arms, visitor, phone.own);
  const stands = phone.linked?.visitor === visitor ? phone.linked : null;
  tx.set(phoneKeys.phone(number), {
    ...phone,
    linked: stands ?? { visitor, since: now, mirror: "reply" },
    tool: tool ?? phone.tool,
    updatedAt: now,
  });
  tx.set(phoneKeys.linked(visitor), number);
  tx.delete(linkKeys.linkEnded(visitor));
}

/** The phone without its link; told so if the other side ended it. */
function unlinked(tx: Tx, phone: Phone, tell: LinkNotice | null, now: number): Phone {
  const pending = phone.pending?.kind === "unlink" ? null : phone.pending;
  const after = { ...phone, linked: null, pending, updatedAt: now };
  return tell === null
    ? after
    : tell.post(tx, after, { kind: "notice", body: texts(phone.language).unlinked });
}
