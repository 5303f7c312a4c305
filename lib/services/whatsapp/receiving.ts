import { texts } from "../../domain/dialogue_texts.ts";
import { isSimulatedPhone } from "../../domain/phone.ts";
import { keys } from "../../store/keys.ts";
import type { Phone } from "../../store/phone_records.ts";
import type { Tx } from "../../store/transactions.ts";
import type { Deps } from "../deps.ts";
import { type ChannelCost, channelCost, payFor, readsToPay } from "./channel_cost.ts";
import { LEASE_MS } from "./leases.ts";
import { append, markWork } from "./outgoing.ts";
import { dialogueOf, idOf, meaningOf, newPhone, offered, visitorOf } from "./people.ts";
import type { Received } from "./whatsapp.ts";

/** Longest text of one message that is kept: what a record of the store holds. */
const LONGEST_TEXT = 20_000;

export type Taking =
  | { kind: "taken" }
  /** It had come before, or nothing is wanted of this person. */
  | { kind: "ignored" }
  /** STOP: the turn under way, if any, is to be stopped. */
  | { kind: "stopped"; visitor: string; tool: string | null };

/**
 * Takes a message that came: claimed by its SID, kept to be answered, and paid
 * for, in one commit. STOP is obeyed in that same commit.
 * @throws {AppError} `unavailable` when it could not be kept.
 */
export async function take(deps: Deps, message: Received): Promise<Taking> {
  const { store: { transactions, tools, roster } } = deps;
  const { sid, from: number } = message;
  const claimedKey = keys.claimed(sid), phoneKey = keys.phone(number), workKey = keys.work(number);
  await transactions.prime([claimedKey, phoneKey, workKey]);
  const seen = await transactions.look(phoneKey);
  const shown = await offered(tools);
  const cost = await channelCost(deps, seen?.tool ?? null, isSimulatedPhone(number));
  const id = crypto.randomUUID().slice(0, 13).replace("-", "");
  // What Twilio took for a keyword is one for us as well: it sends nothing after STOP.
  const text = (message.optOut ?? message.text).toWellFormed().replaceAll("\0", "").slice(
    0,
    LONGEST_TEXT,
  );
  const media = message.optOut ? [] : [...message.media];
  const reads = [claimedKey, phoneKey, workKey, ...readsToPay(cost)];

  return await transactions.run<Taking>(
    reads,
    (tx) => {
      if (tx.get(claimedKey)) return { kind: "ignored" };
      tx.set(claimedKey, true);
      const known = tx.get(phoneKey);
      const before = known ?? newPhone(id, "en", cost.at);
      if (known === null) tx.set(keys.person(idOf(before)), number);
      const phone: Phone = {
        ...payFor(tx, cost, `${sid}.in`, before),
        lastInboundAt: cost.at,
        lastSid: sid,
        windowShut: false,
        updatedAt: cost.at,
      };
      if (phone.blocked) {
        tx.set(phoneKey, phone);
        return { kind: "ignored" };
      }
      markWork(tx, number, { process: roster.self, until: cost.at + LEASE_MS });
      if (meaningOf({ text, media }, dialogueOf(phone, shown)).kind === "stop") {
        tx.set(phoneKey, stop(tx, number, phone, cost, sid));
        return { kind: "stopped", visitor: visitorOf(phone), tool: phone.tool };
      }
      tx.set(keys.inbox(number, phone.arrived), {
        sid,
        text,
        media,
        type: message.type,
        at: cost.at,
      });
      tx.set(phoneKey, { ...phone, arrived: phone.arrived + 1 });
      return { kind: "taken" };
    },
    6_000 + 2 * text.length,
    "urgent",
  );
}

/** From here on nothing goes out but the confirmation, and what came before is not answered. */
function stop(tx: Tx, number: string, phone: Phone, cost: ChannelCost, sid: string): Phone {
  for (let order = phone.answered; order < phone.arrived; order++) {
    tx.delete(keys.inbox(number, order));
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
