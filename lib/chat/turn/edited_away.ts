import { chatKeys, type Head } from "../records.ts";
import type { Transactions } from "../../store/transactions.ts";

/** Messages that one commit drops: it takes a thousand writes in all. */
export const DROPPED_AT_ONCE = 400;

/**
 * Drops the messages behind a question that was edited which its own commit did not hold; nobody
 * sees them any more.
 */
export async function dropRest(
  transactions: Transactions,
  seen: Head | null,
  question: number,
): Promise<void> {
  const { conversation = "", next = 0 } = seen ?? {};
  try {
    for (let n = question + 1 + DROPPED_AT_ONCE; n < next; n += DROPPED_AT_ONCE) {
      const numbers = Array.from({ length: Math.min(next - n, DROPPED_AT_ONCE) }, (_, i) => n + i);
      await transactions.run([], (tx) => {
        for (const number of numbers) tx.delete(chatKeys.message(conversation, number));
      }, 20_000);
    }
  } catch {
    // They go with their conversation, see Eraser.
  }
}
