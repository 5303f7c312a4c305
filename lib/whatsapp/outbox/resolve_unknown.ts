import { AppError } from "../../platform/errors.ts";
import { audit, AUDIT_WEIGHT } from "../../audit/log.ts";
import { phoneKeys } from "../records.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { markWork, UNSENT } from "./outgoing.ts";

/** What an admin found out about a message: it was not sent, it was, or it matters no more. */
export const DELIVERY_DECISIONS = ["retry", "mark-sent", "drop"] as const;
export type DeliveryDecision = (typeof DELIVERY_DECISIONS)[number];

/** An admin's word on one message. */
interface Deciding {
  who: string;
  /** The person's id, and number. */
  id: string;
  number: string;
  n: number;
  decision: DeliveryDecision;
}

/**
 * Writes down what became of a message of which nobody knew, as an admin says,
 * with who said it. What is sent again keeps its place while nothing behind it went out.
 * @throws {AppError} `missing`; `conflict` when it is known meanwhile
 */
export async function resolveUnknown(deps: WhatsAppDeps, deciding: Deciding): Promise<void> {
  const { who, id, number, n, decision } = deciding;
  const { store, clock } = deps;
  const key = phoneKeys.outbox(number, n);
  const phoneKey = phoneKeys.phone(number);
  const now = clock();
  await store.transactions.run([key, phoneKey, phoneKeys.work(number)], (tx) => {
    const message = tx.get(key);
    const phone = tx.get(phoneKey);
    if (!message || !phone) {
      throw new AppError("missing", { code: "message.gone" });
    }
    if (message.state !== "unknown") {
      throw new AppError("conflict", { code: "message.decided" });
    }
    if (decision === "retry" && (phone.optedOut || phone.blocked)) {
      throw new AppError("conflict", { code: "person.silenced" });
    }
    if (decision !== "retry") {
      tx.set(key, { ...message, state: decision === "drop" ? "dropped" : "taken" });
    } else if (phone.sent <= n) tx.set(key, { ...message, ...UNSENT });
    else {
      // What it costs goes with the message that is sent.
      tx.set(key, { ...message, state: "dropped", entry: null });
      tx.set(phoneKeys.outbox(number, phone.next), { ...message, ...UNSENT, at: now });
      tx.set(phoneKey, { ...phone, next: phone.next + 1 });
    }
    markWork(tx, number);
    const after = { message: n, state: decision };
    audit(tx, {
      at: now,
      who,
      action: "whatsapp.decide",
      thing: `phone:${id}`,
      before: null,
      after,
    });
  }, 4_000 + AUDIT_WEIGHT);
}
