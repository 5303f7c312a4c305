import type { BackupFault, BackupJob } from "../backup_codes.ts";

/** A backup in the list. */
export interface BackupRow {
  name: string;
  /** When it was made. */
  at: number;
  bytes: number;
  /** Null for a file that came from elsewhere and was never proven. */
  records: number | null;
  provenAt: number | null;
  encrypted: boolean;
}

/** The backups, and what is known of them. */
export interface BackupsView {
  /** Whether a place for them is set. */
  on: boolean;
  /** Whether new ones are encrypted. */
  keyed: boolean;
  /** Whether they lie on this machine, and whether in a bucket. */
  inFolder: boolean;
  inBucket: boolean;
  /** Code of the error for which the bucket cannot be listed. */
  fault: string | null;
  /** What is under way. */
  job: BackupJob | null;
  /** The newest first. */
  rows: BackupRow[];
  /** The last trial that went well; `of` is when its backup was made. */
  proven: { at: number; of: number | null; records: number; tookMs: number } | null;
  /** The last failure, until the next success; `of` as above. */
  failed: { at: number; of: number | null; code: BackupFault; why: string | null } | null;
  /** The last restore from this area; `of` as above. */
  restored: { at: number; of: number | null; records: number; by: string } | null;
}

/** What a restore would undo. */
export interface SinceBackup {
  /** Conversations with a message after it. */
  conversations: number;
  /** Changes in the admin area after it. */
  changes: number;
}

/** The overview's line about backups. */
export type BackupSummary = Pick<BackupsView, "proven" | "failed">;
