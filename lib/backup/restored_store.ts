import { audit, AUDIT_WEIGHT } from "../audit/log.ts";
import type { Kv } from "../store/kv.ts";
import { Transactions } from "../store/transactions.ts";
import { backupKeys, type BackupState } from "./records.ts";

/** Restored records that are not the store's yet. */
export class RestoredStore {
  private readonly transactions: Transactions;

  constructor(kv: Kv) {
    // Commits are told apart by the process.
    this.transactions = new Transactions(kv, crypto.randomUUID().slice(0, 13));
  }

  /** Writes what is known of the backups, which the restored records cannot know, and the restore. */
  async note(
    state: BackupState,
    restored: NonNullable<BackupState["restored"]>,
  ): Promise<void> {
    const { at, by, name, records, before } = restored;
    await this.transactions.run([], (tx) => {
      tx.set(backupKeys.state(), { ...state, restored, failed: null });
      audit(tx, {
        at,
        who: by,
        action: "backup.restored",
        thing: `backup:${name}`,
        before: null,
        after: { records, before },
      });
    }, AUDIT_WEIGHT);
  }
}
