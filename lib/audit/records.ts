import { z } from "zod";
import { family } from "../store/key.ts";

/** An action in the admin area. */
const auditEntry = z.object({
  at: z.number(),
  who: z.string(),
  action: z.string(),
  /** The object as `kind:id`. */
  thing: z.string(),
  /** JSON of the object before and after, with the fields that differ. */
  before: z.string().nullable(),
  after: z.string().nullable(),
});

export type AuditEntry = z.output<typeof auditEntry>;

/*
 *   key                                   value                          lives
 *   audit, time, id                       an action, never changed       for ever
 */

export const auditKeys = {
  audit: family<AuditEntry, [at: number, id: string]>("audit", auditEntry),
} as const;
