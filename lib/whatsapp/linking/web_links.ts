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

/** The requester; visitor and address are both rate-limited. */
export interface LinkRequester {
  visitor: string;
  address: string;
}

/** A visitor's link. Times in milliseconds since 1970. */
export interface LinkState {
  linked: {
    number: string;
    since: number;
    mirror: Mirror;
    /** The reason no message can be sent to the phone now; null if one can. */
    silent: "stopped" | "window" | null;
  } | null;
  /** The code on their page as shown; `over` once it is no longer accepted. */
  code: { code: string; expiresAt: number; over: boolean } | null;
  /** A code sent to a phone that is still accepted. */
  sent: { number: string; expiresAt: number } | null;
  ended: LinkEnded | null;
}

/** Linking from the web page. */
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
          silent: silentReason(phone, now),
        }
        : null,
      code: this.shownCode(shown.value, now),
      sent: sentCode(sent.value, now),
      ended: ended.value,
    };
  }

  /** Whether a visitor is linked; `ended` is the masked phone whose side ended the link. */
  async standing(visitor: string): Promise<{ linked: boolean; ended: string | null }> {
    const { kv } = this.deps.store;
    const [linked, ended] = await Promise.all([
      kv.get(phoneKeys.linked(visitor)),
      kv.get(linkKeys.linkEnded(visitor)),
    ]);
    return { linked: linked.value !== null, ended: ended.value?.phone ?? null };
  }

  /**
   * Issues a code for the visitor's page and revokes the previous one.
   * @throws {AppError} `limited`
   */
  async issue(
    { visitor, address }: LinkRequester,
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
   * Sends a code to a phone that wrote to us within 24 hours.
   * The answer is the same for any other number, so that it reveals nothing about a phone.
   * @throws {AppError} `invalid`, `limited`
   */
  async send(
    { visitor, address }: LinkRequester,
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
    const number = await this.recordAddress(asked);
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
    // The record's own address could reveal another spelling, or an id.
    return { number: asked, expiresAt, rate };
  }

  /** The address of a person's record, in any spelling WhatsApp uses for the number. */
  private async recordAddress(asked: string): Promise<string> {
    const { phones } = this.deps.store;
    for (const spelling of [asked, ...otherSpellings(asked)]) {
      const number = await phones.numberAt(spelling);
      if (await phones.get(number) !== null) return number;
    }
    return asked;
  }

  /**
   * Verifies a code that was sent to a phone and typed on the page.
   * @throws {AppError} `invalid`, `limited`
   */
  async verify({ visitor, address }: LinkRequester, typed: string): Promise<RateDecision> {
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
        // Posted twice: already done.
        if (own?.usedBy === number && own?.hash === hash && join.isLinked) {
          return [rate, "right"] as const;
        }
        const { tried, offer } = tryCode(own, hash, number ?? "", now);
        if (offer !== null) tx.set(offerKey, offer);
        if (tried === "right" && offer !== null) join.link(offer.tool);
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

  /** Ends the visitor's link, if there is one, and tells the phone. */
  async unlink(visitor: string): Promise<void> {
    const number = await this.deps.store.phones.linkedTo(visitor);
    if (number !== null) await this.links.unlink(visitor, number, "visitor");
    // An open code could link them again.
    await this.links.endCodes(visitor);
  }

  /** Sets which web messages are mirrored to the linked phone. */
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

  /** Dismisses the notice of a link ended from the other side. */
  async seen(visitor: string): Promise<void> {
    await this.deps.store.transactions.run([], (tx) => tx.delete(linkKeys.linkEnded(visitor)));
  }

  /** Whether a phone is linked with a visitor. */
  async knows(visitor: string): Promise<boolean> {
    return await this.deps.store.phones.linkedTo(visitor) !== null;
  }

  /** Deletes all records of a visitor's links. */
  async deleteVisitor(visitor: string): Promise<VisitorDeletion> {
    await this.unlink(visitor);
    await this.links.deleteVisitor(visitor);
    return { erased: 0, done: true };
  }

  /** Counts a request in all of the limits, or throws and counts it in none. */
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

  private shownCode(offer: LinkOfferRecord | null, now: number): LinkState["code"] {
    if (offer === null || offer.usedBy !== null) return null;
    const code = this.codes.codeOf(offer.salt);
    // After a change of the secret the code cannot be redeemed.
    const over = !offerHolds(offer, now) || this.codes.hashOf(code) !== offer.hash;
    return { code: shownLinkCode(code), expiresAt: offer.expiresAt, over };
  }
}

/** The phone that a code was sent to. */
function phoneOf(offer: LinkOfferRecord | null): string | null {
  return offer?.phone ?? offer?.number ?? null;
}

function sentCode(offer: LinkOfferRecord | null, now: number): LinkState["sent"] {
  if (offer === null || offer.number === null || !offerHolds(offer, now)) return null;
  return { number: offer.number, expiresAt: offer.expiresAt };
}

function silentReason(phone: Phone, now: number): "stopped" | "window" | null {
  if (phone.optedOut || phone.blocked) return "stopped";
  return windowOpen(phone.lastInboundAt, now) && !phone.windowShut ? null : "window";
}
