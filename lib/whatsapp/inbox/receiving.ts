import { texts } from "../../locales/whatsapp/texts.ts";
import { textWithLocation } from "../rules/shared_location.ts";
import { type Phone, phoneKeys } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { ceilingsOf, spendIn } from "../../metering/budgets.ts";
import { isShare } from "../../metering/rules/budget.ts";
import { bookIncoming, type ChannelCost, channelCost, readsToPay } from "../outbox/channel_cost.ts";
import {
  AddressChanged,
  type Conversation,
  identify,
  readsToIdentify,
  type ResolvedSender,
  resolveSender,
  stopJoining,
} from "../linking/identity.ts";
import { LEASE_MS } from "./leases.ts";
import { Erasures } from "../../people/erasures.ts";
import { append, markWork } from "../outbox/outgoing.ts";
import { noteOptOut } from "../opt_outs.ts";
import { commandIn, dialogueOf, idOf, newPhone, offered, visitorOf } from "../people.ts";
import type { Received } from "../whatsapp.ts";

/** Text kept of one message, in UTF-16 units: the limit of a stored record. */
const MAX_TEXT_UNITS = 20_000;

type ReceiveOutcome =
  /** `number` is the key of the person's record, `joining` records to be merged into it. */
  | { kind: "taken"; number: string; joining: readonly string[] }
  /** A duplicate, a reaction, or from a blocked person. */
  | { kind: "ignored" }
  /** STOP: `turns` in progress are to be stopped. */
  | { kind: "stopped"; number: string; joining: readonly string[]; turns: readonly Conversation[] };

/**
 * Claims an inbound message by SID, queues and books it, and obeys STOP, in one commit.
 * @throws {AppError} `unavailable` when the commit fails
 */
export async function receiveMessage(
  deps: WhatsAppDeps,
  message: Received,
): Promise<ReceiveOutcome> {
  const { transactions } = deps.store;
  // Reactions are free, need no answer and open no window.
  if (/^reaction$/i.test(message.type ?? "")) return { kind: "ignored" };
  const { sid, from, alias = null } = message;
  await transactions.prefetch([
    phoneKeys.claimed(sid),
    phoneKeys.alias(from),
    phoneKeys.phone(from),
    phoneKeys.work(from),
    ...(alias === null ? [] : [phoneKeys.alias(alias), phoneKeys.phone(alias)]),
  ]);
  for (;;) {
    const sender = await resolveSender(transactions, message);
    try {
      return await takeFrom(deps, message, sender);
    } catch (error) {
      if (!(error instanceof AddressChanged)) throw error;
    }
  }
}

async function takeFrom(
  deps: WhatsAppDeps,
  message: Received,
  sender: ResolvedSender,
): Promise<ReceiveOutcome> {
  const { store: { transactions, tools, processes } } = deps;
  const { sid } = message;
  const { number } = sender;
  const claimedKey = phoneKeys.claimed(sid),
    phoneKey = phoneKeys.phone(number),
    workKey = phoneKeys.work(number);
  await transactions.prefetch([phoneKey, workKey]);
  const seen = await transactions.read(phoneKey);
  const shown = await offered(tools, seen?.language ?? null);
  const cost = await inboundCost(deps, seen, number);
  const id = crypto.randomUUID().slice(0, 13).replace("-", "");
  const { location = null } = message;
  const body = location === null ? message.text : textWithLocation(message.text, location);
  // Twilio's own opt-out keywords hold here too: it blocks messages after STOP.
  const text = (message.optOut ?? body).toWellFormed().replaceAll("\0", "").slice(
    0,
    MAX_TEXT_UNITS,
  );
  const media = message.optOut ? [] : [...message.media];
  const reads = [
    claimedKey,
    phoneKey,
    workKey,
    ...readsToIdentify(sender),
    ...readsToPay(cost),
  ];
  const erasures = new Erasures(deps);

  const outcome = await transactions.run<ReceiveOutcome>(
    reads,
    (tx) => {
      if (tx.get(claimedKey)) return { kind: "ignored" };
      tx.set(claimedKey, true);
      const known = tx.get(phoneKey);
      const before = identify(tx, sender, known, newPhone(id, "en", cost.at));
      if (known === null) tx.set(phoneKeys.person(idOf(before)), number);
      const phone: Phone = {
        ...bookIncoming(tx, cost, `${sid}.in`, before),
        lastInboundAt: cost.at,
        lastSid: sid,
        windowShut: false,
        updatedAt: cost.at,
      };
      spendIn(tx, cost.budgets, { day: cost.day, amount: cost.fee });
      if (phone.blocked) {
        tx.set(phoneKey, phone);
        return { kind: "ignored" };
      }
      markWork(tx, number, { process: processes.self, until: cost.at + LEASE_MS });
      const joining = phone.joining ?? [];
      if (commandIn({ text, media }, dialogueOf(phone, shown)).kind === "stop") {
        const after = stop(tx, number, phone, cost, sid);
        noteOptOut(tx, erasures, phone, after);
        tx.set(phoneKey, after);
        const own = phone.tool === null ? [] : [{ visitor: visitorOf(phone), tool: phone.tool }];
        return { kind: "stopped", number, joining, turns: [...own, ...stopJoining(tx, joining)] };
      }
      tx.set(phoneKeys.inbox(number, phone.arrived), {
        sid,
        text,
        media,
        type: message.type,
        at: cost.at,
      });
      tx.set(phoneKey, { ...phone, arrived: phone.arrived + 1 });
      return { kind: "taken", number, joining };
    },
    6_000 + 2 * text.length + (sender.other === null ? 0 : 6_000),
  );
  if (outcome.kind === "stopped") erasures.told();
  return outcome;
}

/**
 * Cost of an inbound message, which Twilio charges in any case. Beyond the person's share it
 * counts in no ceiling of the tool, or of the organisation: one phone cannot use up the budget
 * of others.
 */
async function inboundCost(
  deps: WhatsAppDeps,
  phone: Phone | null,
  number: string,
): Promise<ChannelCost> {
  const visitor = phone && visitorOf(phone);
  const cost = await channelCost(deps, number, phone?.tool ?? null, visitor);
  const { day, budgets } = cost;
  const { tool, organisation } = ceilingsOf(budgets);
  if (phone?.today.day !== day) return cost;
  const beyond = (ceiling: bigint | null, of?: string) => {
    const share = budgets.find((budget) =>
      budget.scope === "person" && budget.window === "day" && budget.tool === of
    );
    const limit = share?.limit ?? ceiling;
    return limit !== null && phone.today.usd >= limit;
  };
  const paid = beyond(tool, cost.tool) ? await channelCost(deps, number, null, visitor) : cost;
  return beyond(organisation) ? { ...paid, budgets: paid.budgets.filter(isShare) } : paid;
}

/** Opts out: drops the inbox and pending messages, queues the confirmation. */
function stop(tx: Tx, number: string, phone: Phone, cost: ChannelCost, sid: string): Phone {
  for (let order = phone.answered; order < phone.arrived; order++) {
    tx.delete(phoneKeys.inbox(number, order));
  }
  const stopped: Phone = {
    ...phone,
    optedOut: true,
    pending: null,
    menuPage: null,
    answered: phone.arrived,
    tries: 0,
    dropBefore: phone.next,
  };
  const body = texts(phone.language).optedOut;
  return append(tx, number, stopped, [{ kind: "goodbye", body }], { cost, cause: sid });
}
