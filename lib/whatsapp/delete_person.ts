import { type Phone, phoneKeys } from "./records.ts";
import type { WhatsAppDeps } from "./deps.ts";
import type { DataDeletion } from "../chat/history/data_deletion.ts";
import { deleteArms } from "../experiments/counts/visitor_arms.ts";
import { StagedPictures } from "../media/pictures/staged_pictures.ts";
import { Uploads } from "../media/uploads/uploads.ts";
import { StoredMemory } from "../memory/stored_memory.ts";
import { Erasures } from "../people/erasures.ts";
import type { VisitorRecords } from "../people/visitors.ts";
import { idOf, visitorOf } from "./people.ts";

const BATCH_SIZE = 200;

/**
 * The phone linked with a visitor, as a part of visitors' records: deleting one's data on the web
 * deletes what was said on the phone as well.
 */
export function linkedPhone(
  deps: WhatsAppDeps,
  deletion: Pick<DataDeletion, "deleteVisitor">,
): VisitorRecords {
  return {
    deleteVisitor: async (visitor) => {
      const number = await deps.store.phones.linkedTo(visitor);
      const phone = number === null ? null : await deps.store.phones.get(number);
      if (number !== null && phone?.linked?.visitor === visitor) {
        await deletePerson(deps, deletion, number, phone);
      }
      return { erased: 0, done: true };
    },
  };
}

type Needs = Pick<WhatsAppDeps, "store" | "clock" | "bus">;

/**
 * Deletes a person's conversations and the messages sent to them.
 * Includes those of the linked web visitor, and what they have not sent yet. Ledger entries, which have no text, stay.
 */
export async function deletePerson(
  deps: Needs,
  deletion: Pick<DataDeletion, "deleteVisitor">,
  number: string,
  phone: Phone,
): Promise<void> {
  const erasures = new Erasures(deps);
  const visitors = new Set([visitorOf(phone), phone.own]);
  for (const visitor of visitors) await deleteSaid(deps, deletion, visitor);
  // Pending messages stay: the confirmation is one of them.
  await deleteTold(deps, number, phone.sent);
  // At the end: a backup that has the notes has none of the data.
  for (const visitor of visitors) await erasures.add({ kind: "person", visitor });
}

/** Deletes what a visitor said; a no to memory stays, as the phone does. */
async function deleteSaid(
  { store, clock }: Needs,
  deletion: Pick<DataDeletion, "deleteVisitor">,
  visitor: string,
): Promise<void> {
  while (!(await deletion.deleteVisitor(visitor)).done);
  await new StagedPictures({ store, clock }).deleteVisitor(visitor);
  await new Uploads({ store, clock }).deleteVisitor(visitor);
  await deleteArms(store, visitor);
  await new StoredMemory(store).delete(visitor, "choice kept");
}

/** Deletes the messages to a phone before a position. */
async function deleteTold({ store }: Needs, number: string, before: number): Promise<void> {
  for (;;) {
    const rows = await store.phones.outbox(number, before, BATCH_SIZE);
    if (rows.length === 0) return;
    await store.transactions.run([], (tx) => {
      for (const { n, message } of rows) {
        tx.delete(phoneKeys.outbox(number, n));
        if (message.sid !== null) tx.delete(phoneKeys.sent(message.sid));
      }
    }, BATCH_SIZE * 200);
  }
}

/** Deletes again, in restored records, what {@link deletePerson} had deleted of a visitor. */
export async function deletePersonAgain(
  deps: Needs,
  deletion: Pick<DataDeletion, "deleteVisitor">,
  visitor: string,
): Promise<void> {
  await deleteSaid(deps, deletion, visitor);
  const number = await deps.store.phones.numberOf(idOf({ own: visitor }));
  const phone = number === null ? null : await deps.store.phones.get(number);
  if (number !== null && phone?.own === visitor) await deleteTold(deps, number, phone.next);
}
