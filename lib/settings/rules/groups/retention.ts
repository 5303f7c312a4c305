import { z } from "zod";
import { SETTING_TAKES as TAKES } from "../../../locales/admin/settings.ts";
import { wholeNumberOf } from "../form_values.ts";
import { check, type SettingsGroupForm, within } from "../settings_group.ts";
import { SETTINGS_LIMITS } from "../settings_limits.ts";

const LONGEST = SETTINGS_LIMITS.retentionDays;

/** Days for which an idle conversation is kept; null for the longest. */
export const retentionGroup = z.number().int().min(1).max(LONGEST).nullable().default(null);

export const RETENTION_FORM: SettingsGroupForm<number | null, "retentionDays"> = {
  fields: (days) => ({ retentionDays: String(days ?? LONGEST) }),
  read: ({ text }) => ({ retentionDays: text("retentionDays") }),
  check: ({ retentionDays }) => [
    check(within(wholeNumberOf(retentionDays), 1, LONGEST), "retentionDays", TAKES.days(LONGEST)),
  ],
  apply: ({ retentionDays }, before) => {
    const days = wholeNumberOf(retentionDays);
    return before === null && days === LONGEST ? null : days;
  },
};
