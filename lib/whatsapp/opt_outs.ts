import type { Erasures } from "../people/erasures.ts";
import type { Phones } from "./phones.ts";
import { idOf } from "./people.ts";
import { type Phone, phoneKeys } from "./records.ts";
import type { Transactions, Tx } from "../store/transactions.ts";

interface Store {
  phones: Phones;
  transactions: Transactions;
}

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
export function blockAgain(store: Store, visitor: string, blocked: boolean): Promise<void> {
  return changeAgain(store, visitor, (phone) => withBlock(phone, blocked));
}

/** A person who is blocked or not; a blocked one is told nothing of what was waiting. */
export function withBlock(phone: Phone, blocked: boolean): Phone {
  return { ...phone, blocked, dropBefore: blocked ? phone.next : phone.dropBefore };
}

/** Sets in restored records what a person said last; they get no message about it again. */
export function optOutAgain(store: Store, visitor: string, optedOut: boolean): Promise<void> {
  return changeAgain(store, visitor, (phone, number, tx) => {
    if (phone.optedOut === optedOut) return null;
    if (!optedOut) return { ...phone, optedOut };
    for (let order = phone.answered; order < phone.arrived; order++) {
      tx.delete(phoneKeys.inbox(number, order));
    }
    return {
      ...phone,
      optedOut,
      pending: null,
      menuPage: null,
      answered: phone.arrived,
      tries: 0,
      dropBefore: phone.next,
    };
  });
}

/** Changes a person's restored record, if there is one; null leaves it. */
async function changeAgain(
  store: Store,
  visitor: string,
  change: (phone: Phone, number: string, tx: Tx) => Phone | null,
): Promise<void> {
  const number = await store.phones.numberOf(idOf({ own: visitor }));
  if (number === null) return;
  const key = phoneKeys.phone(number);
  await store.transactions.run([key], (tx) => {
    const phone = tx.get(key);
    const changed = phone?.own === visitor ? change(phone, number, tx) : null;
    if (changed !== null) tx.set(key, changed);
  });
}
