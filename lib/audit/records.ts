import { z } from "zod";
import { family } from "../store/key.ts";

/** What somebody did in the admin area. */
const auditEntry = z.object({
  at: z.number(),
  who: z.string(),
  action: z.string(),
  /** What it was done to, as `kind:id`. */
  thing: z.string(),
  /** JSON of what it was before and after, as far as they differ. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export type AuditEntry = z.output<typeof auditEntry>;

/*
 *   key                                   value                          lives
 *   audit, time, id                       who changed what, never altered for ever
 */

export const auditKeys = {
  audit: family<AuditEntry, [at: number, id: string]>("audit", auditEntry),
} as const;
