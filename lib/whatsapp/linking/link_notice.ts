import { isSimulatedPhone } from "../../people/rules/phone.ts";
import { windowOpen } from "../rules/window.ts";
import type { Key } from "../../store/key.ts";
import { type Phone, phoneKeys } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { channelCost, fitsCeilings, readsToPay } from "../outbox/channel_cost.ts";
import { append, markWork, type Outgoing } from "../outbox/outgoing.ts";

/** A message about a link, made ready to be put before a phone in the commit of what it tells. */
export interface LinkNotice {
  /** What `post()` reads. */
  reads: Key<unknown>[];
  /** Returns the phone with its message counted, to be stored; as it was where none can go. */
  post(tx: Tx, phone: Phone, message: Outgoing): Phone;
}

/** Makes ready to tell a phone something. */
export async function linkNotice(deps: WhatsAppDeps, number: string): Promise<LinkNotice> {
  const phone = await deps.store.phones.get(number);
  const cost = await channelCost(deps, phone?.tool ?? null, isSimulatedPhone(number));
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
