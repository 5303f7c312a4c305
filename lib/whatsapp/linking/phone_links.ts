import { currentLimits } from "../../limits/limits_in_force.ts";
import type { Mirror } from "../dialogue/state.ts";
import { tryCode } from "./link_offer.ts";
import { admit } from "../../limits/rules/rate.ts";
import { limitKeys } from "../../limits/records.ts";
import { linkKeys } from "./records.ts";
import { phoneKeys } from "../records.ts";
import type { WhatsAppDeps } from "../deps.ts";
import type { LinkCodes } from "./link_codes.ts";
import type { LinkWriter } from "./link_writer.ts";
import type { Linking, Redeemed } from "./linking.ts";

/** Visitor of an unknown code; no visitor's id is empty. */
const NOBODY = "";

/** Linking from the phone: the person sends a code that a page shows. */
export class PhoneLinks implements Linking {
  constructor(
    private readonly deps: Pick<WhatsAppDeps, "store" | "clock" | "config">,
    private readonly codes: LinkCodes,
    private readonly links: LinkWriter,
  ) {}

  /** Counts each code as an attempt of this phone, right or wrong; refuses after too many. */
  async redeem(code: string, number: string): Promise<Redeemed> {
    const { store, clock } = this.deps;
    const rate = currentLimits(this.deps).linking;
    const hash = this.codes.hashOf(code);
    const visitor = (await store.kv.get(linkKeys.linkCode(hash))).value ?? NOBODY;
    const offerKey = linkKeys.linkOffer(visitor, "page");
    const limitKey = limitKeys.limit("link_phone", number);
    return await this.links.run<Redeemed>(visitor, number, [offerKey, limitKey], (tx, join) => {
      const now = clock();
      const seen = tx.get(offerKey);
      // Repeated after a crash: already done.
      if (seen?.hash === hash && seen.usedBy === number && join.isLinked) return "done";
      const decision = admit(tx.get(limitKey) ?? [], now, rate);
      if (!decision.admitted) {
        return { blockedMinutes: Math.max(1, Math.ceil(decision.waitMs / 60_000)) };
      }
      tx.set(limitKey, decision.times);
      // Replaced by a newer code of the visitor; not a guess at that one.
      if (seen?.hash !== hash) return "failed";
      const { tried, offer } = tryCode(seen, hash, number, now);
      if (tried !== "right" || offer === null) return tried === "expired" ? "expired" : "failed";
      tx.set(offerKey, offer);
      join.link(offer.tool);
      return "done";
    });
  }

  async unlink(number: string): Promise<void> {
    const visitor = (await this.deps.store.phones.get(number))?.linked?.visitor;
    if (visitor !== undefined) await this.links.unlink(visitor, number, "phone");
  }

  deleteVisitor(visitor: string): Promise<void> {
    return this.links.deleteVisitor(visitor);
  }

  revealed(body: string): string {
    return this.codes.revealed(body);
  }

  async setMirror(number: string, mirror: Mirror): Promise<void> {
    const phoneKey = phoneKeys.phone(number);
    await this.deps.store.transactions.run([phoneKey], (tx) => {
      const phone = tx.get(phoneKey);
      if (phone?.linked) tx.set(phoneKey, { ...phone, linked: { ...phone.linked, mirror } });
    });
  }
}
