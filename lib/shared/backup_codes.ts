/** Why a backup was not made, not proven, or not put in place of the store. */
export const BACKUP_FAULTS = [
  "not_made",
  "not_copied",
  "not_restored",
  "books_differ",
  "not_replaced",
] as const;
export type BackupFault = (typeof BACKUP_FAULTS)[number];

/** What one process at a time does with backups. */
export const BACKUP_JOBS = ["make", "prove", "restore"] as const;
export type BackupJob = (typeof BACKUP_JOBS)[number];
