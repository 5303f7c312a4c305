import { windowOpen } from "../rules/window.ts";
import type { Key } from "../../store/key.ts";
import { type Phone, phoneKeys } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { channelCost, fitsCeilings, readsToPay } from "../outbox/channel_cost.ts";
import { append, markWork, type Outgoing } from "../outbox/outgoing.ts";

/** A message about a link, enqueued for a phone in the commit that it reports. */
export interface LinkNotice {
  /** Keys that `post()` reads. */
  reads: Key<unknown>[];
  /** Returns the phone with the message counted, to be stored; unchanged where none may be sent. */
  post(tx: Tx, phone: Phone, message: Outgoing): Phone;
}

/** Prepares a notice to a phone. */
export async function linkNotice(deps: WhatsAppDeps, number: string): Promise<LinkNotice> {
  const phone = await deps.store.phones.get(number);
  const cost = await channelCost(deps, number, phone?.tool ?? null);
  const cause = `link-${crypto.randomUUID()}`;
  return {
    reads: [phoneKeys.phone(number), phoneKeys.work(number), ...readsToPay(cost)],
    post: (tx, phone, message) => {
      if (!reachable(phone, cost.at) || !fitsCeilings(tx, cost, 1)) return phone;
      markWork(tx, number);
      return append(tx, number, phone, [message], { cost, cause });
    },
  };
}

function reachable(phone: Phone, now: number): boolean {
  return !phone.optedOut && !phone.blocked && !phone.windowShut &&
    windowOpen(phone.lastInboundAt, now);
}
