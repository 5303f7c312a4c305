import { z } from "zod";
import { SETTING_TAKES as TAKES } from "../../../locales/admin/settings.ts";
import { wholeNumberOf } from "../form_values.ts";
import { check, type SettingsGroupForm, within } from "../settings_group.ts";
import { SETTINGS_LIMITS } from "../settings_limits.ts";

const MOST_PER_WINDOW = SETTINGS_LIMITS.perWindow;
const percent = z.number().int().min(1).max(100).nullable().default(null);
const perWindow = z.number().int().min(1).max(MOST_PER_WINDOW).nullable().default(null);

/** Requests in a window, and shares of a day; null for the environment's value. */
export const limitsGroup = z.object({
  /** Daily ceiling of all tools together, in nano-dollars. */
  organisationCeiling: z.union([z.bigint().min(0n), z.literal("none")]).nullable().default(null),
  personShare: percent,
  addressShare: percent,
  chatPerMinute: perWindow,
  whatsappPerMinute: perWindow,
  linkingPer5Minutes: perWindow,
  adminPer5Minutes: perWindow,
  /** Room for all pictures and recordings together, in MB. */
  mediaMegabytes: perWindow,
});
type Limits = z.output<typeof limitsGroup>;

/** Rate limits, with the highest value of each. The limits of money have a page of their own. */
const MOST = {
  chatPerMinute: MOST_PER_WINDOW,
  whatsappPerMinute: MOST_PER_WINDOW,
  linkingPer5Minutes: MOST_PER_WINDOW,
  adminPer5Minutes: MOST_PER_WINDOW,
  mediaMegabytes: MOST_PER_WINDOW,
} as const;
type Counted = keyof typeof MOST;

export const LIMITS_FORM: SettingsGroupForm<Limits, Counted> = {
  fields: (limits) => each((field) => String(limits[field] ?? "")),
  read: ({ text }) => each(text),
  check: (fields) =>
    Object.values(each((field) => {
      const right = fields[field] === "" || within(wholeNumberOf(fields[field]), 1, MOST[field]);
      return check(right, field, TAKES.limit(MOST[field]));
    })),
  apply: (fields, limits) => ({
    ...limits,
    ...each((field) => fields[field] === "" ? null : wholeNumberOf(fields[field])),
  }),
};

function each<T>(of: (field: Counted) => T): Record<Counted, T> {
  return {
    chatPerMinute: of("chatPerMinute"),
    whatsappPerMinute: of("whatsappPerMinute"),
    linkingPer5Minutes: of("linkingPer5Minutes"),
    adminPer5Minutes: of("adminPer5Minutes"),
    mediaMegabytes: of("mediaMegabytes"),
  };
}
