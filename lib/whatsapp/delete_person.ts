import { type Phone, phoneKeys } from "./records.ts";
import type { WhatsAppDeps } from "./deps.ts";
import type { DataDeletion } from "../chat/history/data_deletion.ts";
import { visitorOf } from "./people.ts";

const PIECE = 200;

/**
 * Deletes what is kept of a person on WhatsApp: all conversations, those of the
 * web visitor he is linked with as well, and what was sent to him. What it cost
 * stays in the books, where there is no text.
 */
export async function deletePerson(
  { store }: WhatsAppDeps,
  deletion: Pick<DataDeletion, "deleteVisitor">,
  number: string,
  phone: Phone,
): Promise<void> {
  for (const visitor of new Set([visitorOf(phone), phone.own])) {
    while (!(await deletion.deleteVisitor(visitor)).done);
  }
  for (;;) {
    // What waits is sent yet: the answer itself is among it.
    const rows = await store.phones.outbox(number, phone.sent, PIECE);
    if (rows.length === 0) return;
    await store.transactions.run([], (tx) => {
      for (const { n, message } of rows) {
        tx.delete(phoneKeys.outbox(number, n));
        if (message.sid !== null) tx.delete(phoneKeys.sent(message.sid));
      }
    }, PIECE * 200);
  }
}
