import { z } from "zod";
import { BACKUP_FAULTS, BACKUP_JOBS } from "../shared/backup_codes.ts";
import { family } from "../store/key.ts";

const count = z.number().int().min(0);

/** What is known of the backups. */
const state = z.object({
  /** The newest one. */
  made: z.object({ at: z.number(), name: z.string(), records: count, bytes: count }).nullable(),
  /** The last one that was restored for a trial, with equal books. */
  proven: z.object({ at: z.number(), name: z.string(), records: count, tookMs: count }).nullable(),
  /** The last failure, until the next success of its kind. */
  failed: z.object({
    at: z.number(),
    name: z.string().nullable(),
    code: z.enum(BACKUP_FAULTS),
    /** Code of the error, where it has one. */
    why: z.string().nullable().default(null),
  }).nullable(),
  /** The process that works on one. */
  claim: z.object({
    process: z.string(),
    until: z.number(),
    job: z.enum(BACKUP_JOBS).default("make"),
  }).nullable(),
  /** The last one that was put in place of the store. */
  restored: z.object({
    at: z.number(),
    name: z.string(),
    records: count,
    /** The admin's e-mail address. */
    by: z.string(),
    /** The backup that was made before. */
    before: z.string(),
  }).nullable().default(null),
  /** By the names of those in the folder: their records, and their last trial. */
  known: z.record(z.string(), z.object({ records: count, provenAt: z.number().nullable() }))
    .default({}),
});
export type BackupState = z.output<typeof state>;

/*
 *   key       value                   lives
 *   backups   state of the backups    for ever
 */
export const backupKeys = {
  state: family<BackupState, []>("backups", state),
} as const;

export const NO_BACKUPS: BackupState = {
  made: null,
  proven: null,
  failed: null,
  claim: null,
  restored: null,
  known: {},
};
