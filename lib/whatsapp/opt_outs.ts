import type { Erasures } from "../people/erasures.ts";
import type { Phones } from "./phones.ts";
import { idOf } from "./people.ts";
import { type Phone, phoneKeys } from "./records.ts";
import type { Transactions, Tx } from "../store/transactions.ts";

/**
 * Notes a STOP or a START in its commit, so that a restored backup keeps it.
 * Returns whether there was one.
 */
export function noteOptOut(
  tx: Tx,
  erasures: Pick<Erasures, "note">,
  before: Pick<Phone, "optedOut">,
  { optedOut, own: visitor }: Pick<Phone, "optedOut" | "own">,
): boolean {
  if (before.optedOut === optedOut) return false;
  erasures.note(tx, { kind: optedOut ? "stop" : "start", visitor });
  return true;
}

/** Blocks or unblocks a person in restored records, as an admin did since. */
export async function blockAgain(
  store: { phones: Phones; transactions: Transactions },
  visitor: string,
  blocked: boolean,
): Promise<void> {
  const number = await store.phones.numberOf(idOf({ own: visitor }));
  if (number === null) return;
  const key = phoneKeys.phone(number);
  await store.transactions.run([key], (tx) => {
    const phone = tx.get(key);
    if (phone?.own === visitor) tx.set(key, withBlock(phone, blocked));
  });
}

/** A person who is blocked or not; a blocked one is told nothing of what was waiting. */
export function withBlock(phone: Phone, blocked: boolean): Phone {
  return { ...phone, blocked, dropBefore: blocked ? phone.next : phone.dropBefore };
}

/** Sets in restored records what a person said last; they get no message about it again. */
export async function optOutAgain(
  store: { phones: Phones; transactions: Transactions },
  visitor: string,
  optedOut: boolean,
): Promise<void> {
  const number = await store.phones.numberOf(idOf({ own: visitor }));
  if (number === null) return;
  const key = phoneKeys.phone(number);
  await store.transactions.run([key], (tx) => {
    const phone = tx.get(key);
    if (phone === null || phone.own !== visitor || phone.optedOut === optedOut) return;
    if (!optedOut) return tx.set(key, { ...phone, optedOut });
    for (let order = phone.answered; order < phone.arrived; order++) {
      tx.delete(phoneKeys.inbox(number, order));
    }
    tx.set(key, {
      ...phone,
      optedOut,
      pending: null,
      menuPage: null,
      answered: phone.arrived,
      tries: 0,
      dropBefore: phone.next,
    });
  });
}
