import { AppError } from "../../platform/errors.ts";
import { audit, AUDIT_WEIGHT } from "../../audit/log.ts";
import { phoneKeys } from "../records.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { markWork, UNSENT } from "./outgoing.ts";

/** An administrator's decisions on a message of unknown delivery. */
export const DELIVERY_DECISIONS = ["retry", "mark-sent", "drop"] as const;
export type DeliveryDecision = (typeof DELIVERY_DECISIONS)[number];

interface Decision {
  /** The administrator, for the audit log. */
  who: string;
  /** The person's id, and number. */
  id: string;
  number: string;
  n: number;
  decision: DeliveryDecision;
}

/**
 * Applies an administrator's decision to a message of unknown delivery, with an audit entry.
 * A repeated message keeps its place unless later ones were sent.
 * @throws {AppError} `missing`; `conflict` when it is no longer unknown or the person is silenced
 */
export async function resolveUnknown(deps: WhatsAppDeps, decided: Decision): Promise<void> {
  const { who, id, number, n, decision } = decided;
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
      // The ledger entry moves to the new message.
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
