import { type Phone, phoneKeys } from "./records.ts";
import type { WhatsAppDeps } from "./deps.ts";
import type { DataDeletion } from "../chat/history/data_deletion.ts";
import { deleteArms } from "../experiments/counts/visitor_arms.ts";
import { visitorOf } from "./people.ts";

const BATCH_SIZE = 200;

/**
 * Deletes a person's conversations and the messages sent to them.
 * Includes those of the linked web visitor. Ledger entries, which have no text, stay.
 */
export async function deletePerson(
  { store }: WhatsAppDeps,
  deletion: Pick<DataDeletion, "deleteVisitor">,
  number: string,
  phone: Phone,
): Promise<void> {
  for (const visitor of new Set([visitorOf(phone), phone.own])) {
    while (!(await deletion.deleteVisitor(visitor)).done);
    await deleteArms(store, visitor);
  }
  for (;;) {
    // Pending messages stay: the confirmation is one of them.
    const rows = await store.phones.outbox(number, phone.sent, BATCH_SIZE);
    if (rows.length === 0) return;
    await store.transactions.run([], (tx) => {
      for (const { n, message } of rows) {
        tx.delete(phoneKeys.outbox(number, n));
        if (message.sid !== null) tx.delete(phoneKeys.sent(message.sid));
      }
    }, BATCH_SIZE * 200);
  }
}
