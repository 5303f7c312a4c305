import type { Key } from "../../store/keys.ts";
import type { Outbox, Phone } from "../../store/phone_records.ts";
import type { Tx } from "../../store/transactions.ts";

/** How a message is put before a phone, in the transaction of what it tells. */
export interface Outgoing {
  /** What `post()` reads beside the phone. */
  reads(number: string): Key<unknown>[];
  /** Returns the phone with its message counted, to be stored. */
  post(tx: Tx, number: string, phone: Phone, message: Pick<Outbox, "kind" | "body">): Phone;
  /** To be called after the commit. */
  wake(number: string): void;
}
