import type { Transactions } from "../store/transactions.ts";
import { type ApiKey, apiKeys } from "./records.ts";

/** Changes a key in restored records, unless it had ended in them. */
export async function changeRestoredKey(
  { transactions }: { transactions: Transactions },
  id: string,
  change: (key: ApiKey) => ApiKey,
): Promise<void> {
  const record = apiKeys.key(id);
  await transactions.run([record], (tx) => {
    const key = tx.get(record);
    if (key === null || key.endedAt !== null) return;
    tx.set(record, { ...change(key), version: key.version + 1 });
  });
}
