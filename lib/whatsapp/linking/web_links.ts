import type { VisitorDeletion, VisitorRecords } from "../../people/visitors.ts";
import { currentLimits } from "../../limits/limits_in_force.ts";
import type { Mirror } from "../dialogue/state.ts";
import { texts } from "../../locales/whatsapp/texts.ts";
import { AppError } from "../../platform/errors.ts";
import { readLinkCode, shownLinkCode } from "./link_code.ts";
import { LINK_CODE_MS, offerHolds, tryCode } from "./link_offer.ts";
import { otherSpellings, parsePhone } from "../../people/rules/phone.ts";
import { admit, type RateDecision } from "../../limits/rules/rate.ts";
import { windowOpen } from "../rules/window.ts";
import { limitKeys } from "../../limits/records.ts";
import type { Key } from "../../store/key.ts";
import { type LinkEnded, linkKeys, type LinkOfferRecord } from "./records.ts";
import { type Phone, phoneKeys } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { rateLimited } from "../../metering/refusals.ts";
import { personAddress } from "./identity.ts";
import { codePlaceholder, type LinkCodes } from "./link_codes.ts";
import type { LinkWriter } from "./link_writer.ts";
import { linkNotice } from "./link_notice.ts";

/** Who asks, and from where; both are limited. */
export interface Asker {
  visitor: string;
  address: string;
}

/** How a visitor stands with WhatsApp. Times in milliseconds since 1970. */
export interface LinkState {
  linked: {
    number: string;
    since: number;
    mirror: Mirror;
    /** Why nothing can go to the phone now, if so. */
    silent: "stopped" | "window" | null;
  } | null;
  /** The code that his page shows, or that it did; as shown. */
  code: { code: string; expiresAt: number; over: boolean } | null;
  /** A code that was asked for to be sent to a phone, and holds. */
  sent: { number: string; expiresAt: number } | null;
  ended: LinkEnded | null;
}

/** Linking as a web page does it. */
export class WebLinks implements VisitorRecords {
  constructor(
    private readonly deps: WhatsAppDeps,
    private readonly codes: LinkCodes,
    private readonly links: LinkWriter,
  ) {}

  async state(visitor: string): Promise<LinkState> {
    const { kv, phones } = this.deps.store;
    const now = this.deps.clock();
    const [shown, sent, ended, number] = await Promise.all([
      kv.get(linkKeys.linkOffer(visitor, "page")),
      kv.get(linkKeys.linkOffer(visitor, "phone")),
      kv.get(linkKeys.linkEnded(visitor)),
      phones.linkedTo(visitor),
    ]);
    const phone = number === null ? null : await phones.get(number);
    return {
      linked: number !== null && phone?.linked?.visitor === visitor
        ? {
          number: personAddress({ number, phone }),
          since: phone.linked.since,
          mirror: phone.linked.mirror,
          silent: silence(phone, now),
        }
        : null,
      code: this.shown(shown.value, now),
      sent: sentTo(sent.value, now),
      ended: ended.value,
    };
  }

  /** Whether a visitor is linked, and with which phone (masked) he is no more since somebody else ended it. */
  async standing(visitor: string): Promise<{ linked: boolean; ended: string | null }> {
    const { kv } = this.deps.store;
    const [linked, ended] = await Promise.all([
      kv.get(phoneKeys.linked(visitor)),
      kv.get(linkKeys.linkEnded(visitor)),
    ]);
    return { linked: linked.value !== null, ended: ended.value?.phone ?? null };
  }

  /**
   * A new code for the visitor's page; the one before ends.
   * @throws {AppError} `limited`
   */
  async issue(
    { visitor, address }: Asker,
    tool: string | null,
  ): Promise<{ code: string; expiresAt: number; rate: RateDecision }> {
    const now = this.deps.clock();
    const { code, salt, hash } = this.codes.fresh();
    const expiresAt = now + LINK_CODE_MS;
    const limits = [limitKeys.limit("link_visitor", visitor), limitKeys.limit("link", address)];
    const offerKey = linkKeys.linkOffer(visitor, "page");
    const rate = await this.deps.store.transactions.run([offerKey, ...limits], (tx) => {
      const rate = this.count(tx, limits, now);
      const before = tx.get(offerKey);
      if (before !== null) tx.delete(linkKeys.linkCode(before.hash));
      tx.set(offerKey, { hash, salt, number: null, tool, tries: 0, expiresAt, usedBy: null });
      tx.set(linkKeys.linkCode(hash), visitor);
      return rate;
    });
    return { code: shownLinkCode(code), expiresAt, rate };
  }

  /**
   * Sends a code to a phone if it wrote to us within 24 hours. Whether it did is
   * told to nobody but the phone.
   * @throws {AppError} `invalid`, `limited`
   */
  async send(
    { visitor, address }: Asker,
    typed: string,
    tool: string | null,
  ): Promise<{ number: string; expiresAt: number; rate: RateDecision }> {
    const asked = parsePhone(typed);
    if (asked === null) {
      throw new AppError(
        "invalid",
        { code: "link.phone" },
        { field: "phone" },
      );
    }
    const now = this.deps.clock();
    const { salt, hash } = this.codes.fresh();
    const expiresAt = now + LINK_CODE_MS;
    const number = await this.keptUnder(asked);
    const limits = [
      limitKeys.limit("link_visitor", visitor),
      limitKeys.limit("link", address),
      limitKeys.limit("link_number", number),
    ];
    const phoneKey = phoneKeys.phone(number);
    const kept = number === asked ? {} : { phone: number };
    const offer = {
      hash,
      salt,
      number: asked,
      ...kept,
      tool,
      tries: 0,
      expiresAt,
      usedBy: null,
    };
    const tell = await linkNotice(this.deps, number);
    const rate = await this.deps.store.transactions.run([...limits, ...tell.reads], (tx) => {
      const rate = this.count(tx, limits, now);
      tx.set(linkKeys.linkOffer(visitor, "phone"), offer);
      const phone = tx.get(phoneKey);
      if (phone === null) return rate;
      const body = texts(phone.language).linkCode(codePlaceholder(salt), LINK_CODE_MS / 60_000);
      tx.set(phoneKey, tell.post(tx, phone, { kind: "code", body }));
      return rate;
    }, 6_000);
    this.deps.bus.emit("OutboxGrew", { number });
    // What was found under another spelling, or an id, is told to nobody but the phone.
    return { number: asked, expiresAt, rate };
  }

  /** What the person with a number is kept under, whichever way WhatsApp writes it. */
  private async keptUnder(asked: string): Promise<string> {
    const { phones } = this.deps.store;
    for (const spelling of [asked, ...otherSpellings(asked)]) {
      const number = await phones.numberAt(spelling);
      if (await phones.get(number) !== null) return number;
    }
    return asked;
  }

  /**
   * Takes the code that was sent to a phone and typed on the page.
   * @throws {AppError} `invalid`, `limited`
   */
  async verify({ visitor, address }: Asker, typed: string): Promise<RateDecision> {
    const { store, clock } = this.deps;
    const code = readLinkCode(typed);
    const hash = code === null ? "" : this.codes.hashOf(code);
    const offerKey = linkKeys.linkOffer(visitor, "phone");
    const number = phoneOf((await store.kv.get(offerKey)).value);
    const limits = [
      limitKeys.limit("link_try_visitor", visitor),
      limitKeys.limit("link_try", address),
    ];
    const [rate, tried] = await this.links.run(
      visitor,
      number ?? "",
      [offerKey, ...limits],
      (tx, join) => {
        const now = clock();
        const rate = this.count(tx, limits, now);
        const seen = tx.get(offerKey);
        const own = phoneOf(seen) === number ? seen : null;
        // Posted twice: what is done is done.
        if (own?.usedBy === number && own?.hash === hash && join.stands) {
          return [rate, "right"] as const;
        }
        const { tried, offer } = tryCode(own, hash, number ?? "", now);
        if (offer !== null) tx.set(offerKey, offer);
        if (tried === "right" && offer !== null) join.make(offer.tool);
        return [rate, tried] as const;
      },
    );
    if (tried === "right") return rate;
    throw new AppError(
      "invalid",
      tried === "expired" ? { code: "link.code_expired" } : { code: "link.code_wrong" },
      { field: "code" },
    );
  }

  /** Ends the visitor's link, if there is one; the phone is told. */
  async unlink(visitor: string): Promise<void> {
    const number = await this.deps.store.phones.linkedTo(visitor);
    if (number !== null) await this.links.unlink(visitor, number, "visitor");
    // Nor does an open code link them again.
    await this.links.endCodes(visitor);
  }

  /** What of the conversation on the web goes to the linked phone. */
  async setMirror(visitor: string, mirror: Mirror): Promise<void> {
    const number = await this.deps.store.phones.linkedTo(visitor);
    if (number === null) return;
    const phoneKey = phoneKeys.phone(number);
    await this.deps.store.transactions.run([phoneKey], (tx) => {
      const phone = tx.get(phoneKey);
      if (phone?.linked?.visitor !== visitor) return;
      tx.set(phoneKey, { ...phone, linked: { ...phone.linked, mirror } });
    });
  }

  /** Takes away what says that somebody else ended the link. */
  async seen(visitor: string): Promise<void> {
    await this.deps.store.transactions.run([], (tx) => tx.delete(linkKeys.linkEnded(visitor)));
  }

  /** Whether a phone is linked with a visitor. */
  async knows(visitor: string): Promise<boolean> {
    return await this.deps.store.phones.linkedTo(visitor) !== null;
  }

  /** Deletes all that is known of a visitor's links. */
  async deleteVisitor(visitor: string): Promise<VisitorDeletion> {
    await this.unlink(visitor);
    await this.links.deleteVisitor(visitor);
    return { erased: 0, done: true };
  }

  /** Counts a request in all of these limits, or in none. */
  private count(tx: Tx, limits: Key<number[]>[], now: number): RateDecision {
    const { linking } = currentLimits(this.deps);
    const decisions = limits.map((key) => admit(tx.get(key) ?? [], now, linking));
    const worst = decisions.reduce((a, b) =>
      b.waitMs > a.waitMs || (b.waitMs === a.waitMs && b.remaining < a.remaining) ? b : a
    );
    if (decisions.some(({ admitted }) => !admitted)) throw rateLimited(worst, "codes");
    for (const [i, key] of limits.entries()) tx.set(key, decisions[i]?.times ?? []);
    return worst;
  }

  private shown(offer: LinkOfferRecord | null, now: number): LinkState["code"] {
    if (offer === null || offer.usedBy !== null) return null;
    const code = this.codes.codeOf(offer.salt);
    // The secret was changed since: nobody can use this one any more.
    const over = !offerHolds(offer, now) || this.codes.hashOf(code) !== offer.hash;
    return { code: shownLinkCode(code), expiresAt: offer.expiresAt, over };
  }
}

/** Which phone a code was sent to. */
function phoneOf(offer: LinkOfferRecord | null): string | null {
  return offer?.phone ?? offer?.number ?? null;
}

function sentTo(offer: LinkOfferRecord | null, now: number): LinkState["sent"] {
  if (offer === null || offer.number === null || !offerHolds(offer, now)) return null;
  return { number: offer.number, expiresAt: offer.expiresAt };
}

function silence(phone: Phone, now: number): "stopped" | "window" | null {
  if (phone.optedOut || phone.blocked) return "stopped";
  return windowOpen(phone.lastInboundAt, now) && !phone.windowShut ? null : "window";
}
