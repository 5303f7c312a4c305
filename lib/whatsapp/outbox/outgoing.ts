import { type Outbox, type OutboxKind, type Phone, phoneKeys, type PhoneWork } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import { bookOutgoing, type ChannelCost } from "./channel_cost.ts";

/** Marks a phone as having work, with a lease for the caller if given. Reads: `work`. */
export function markWork(tx: Tx, number: string, lease: PhoneWork["lease"] = null): void {
  const key = phoneKeys.work(number);
  if (tx.get(key) === null) tx.set(key, { lease });
}

/** A message to be sent. */
export interface Outgoing {
  kind: OutboxKind;
  body: string;
  voice?: Outbox["voice"];
  /** The administrator who wrote it. */
  by?: string;
  /** Number of earlier failed deliveries. */
  sentBefore?: number;
}

/** Delivery fields of a message before its first attempt. */
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
 * Appends messages to a person's outbox and books them.
 * `cause` is unique to their origin and names their ledger entries. Reads: {@link readsToPay};
 * the caller stores the returned person.
 */
export function append(
  tx: Tx,
  number: string,
  phone: Phone,
  messages: readonly Outgoing[],
  { cost, cause, turn = null }: { cost: ChannelCost; cause: string; turn?: string | null },
): Phone {
  let after = phone;
  for (const [i, { kind, body, voice, by, sentBefore }] of messages.entries()) {
    const name = `${cause}.w${i}`;
    after = bookOutgoing(tx, cost, name, after);
    tx.set(phoneKeys.outbox(number, after.next), {
      kind,
      body,
      turn,
      by: by ?? null,
      ...(voice === undefined ? {} : { voice }),
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
