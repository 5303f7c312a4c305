import { type OutboxKind, type Phone, phoneKeys, type PhoneWork } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import { bookMessage, type ChannelCost } from "./channel_cost.ts";

/**
 * Notes that a phone has something to do, and that whoever notes it does it if
 * there is a `lease`. What is read: its work.
 */
export function markWork(tx: Tx, number: string, lease: PhoneWork["lease"] = null): void {
  const key = phoneKeys.work(number);
  if (tx.get(key) === null) tx.set(key, { lease });
}

/** A message to be sent. */
export interface Outgoing {
  kind: OutboxKind;
  body: string;
  /** The admin who wrote it. */
  by?: string;
  /** How often it had been sent before, and did not arrive. */
  sentBefore?: number;
}

/** What stands of the sending in a message that was not tried yet. */
export const UNSENT = {
  state: "waiting",
  sid: null,
  status: null,
  code: null,
  why: null,
  tries: 0,
  absences: 0,
  attemptAt: null,
  notBefore: 0,
} as const;

/**
 * Puts messages behind those that wait for somebody, and books them. `cause`
 * names what they come from, once and for all, so that their entries have names
 * of their own. What is read: the person, and {@link readsToPay}.
 */
export function append(
  tx: Tx,
  number: string,
  phone: Phone,
  messages: readonly Outgoing[],
  { cost, cause, turn = null }: { cost: ChannelCost; cause: string; turn?: string | null },
): Phone {
  let after = phone;
  for (const [i, { kind, body, by, sentBefore }] of messages.entries()) {
    const name = `${cause}.w${i}`;
    after = bookMessage(tx, cost, name, after);
    tx.set(phoneKeys.outbox(number, after.next), {
      kind,
      body,
      turn,
      by: by ?? null,
      ...(sentBefore === undefined ? {} : { sentBefore }),
      ...UNSENT,
      template: false,
      at: cost.at,
      entry: { day: cost.day, name, hour: cost.hour },
    });
    after = { ...after, next: after.next + 1 };
  }
  return after;
}
