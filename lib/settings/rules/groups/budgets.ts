import { z } from "zod";

const limit = z.bigint().min(0n).nullable().default(null);

/** Limits on a person's spending, in nano-dollars; null for none besides their share. */
const personLimits = z.object({ day: limit, month: limit });

/**
 * Limits on spending, in nano-dollars; null for none. The organisation's day is in the limits
 * group, and a tool's own day in the tool.
 */
export const budgetsGroup = z.object({
  organisationMonth: limit,
  /** Day of a tool without a ceiling of its own. */
  toolDay: limit,
  /** Month of a tool that is not in `toolMonths`. */
  toolMonth: limit,
  /** Months of single tools, by id; null for no limit. */
  toolMonths: z.record(z.string(), z.bigint().min(0n).nullable()).default({}),
  onPhone: personLimits.prefault({}),
  onPage: personLimits.prefault({}),
  /** Addresses have no month: their hashes are kept for a day only. */
  addressDay: limit,
  /** WhatsApp messages a month that WhatsApp does not charge. */
  freeReplies: z.number().int().min(0).max(1_000_000).default(1_000),
});
