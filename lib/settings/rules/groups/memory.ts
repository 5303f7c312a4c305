import { z } from "zod";
import { SETTING_TAKES as TAKES } from "../../../locales/admin/settings.ts";
import { wholeNumberOf } from "../form_values.ts";
import { check, type SettingsGroupForm, within } from "../settings_group.ts";

export const memoryGroup = z.object({
  /** Percent of a tool's day that its notes of conversations may cost; 0 for no notes. */
  share: z.number().int().min(0).max(100).default(5),
});

export const MEMORY_FORM: SettingsGroupForm<z.output<typeof memoryGroup>, "memoryShare"> = {
  fields: ({ share }) => ({ memoryShare: String(share) }),
  read: ({ text }) => ({ memoryShare: text("memoryShare") }),
  check: ({ memoryShare }) => [
    check(within(wholeNumberOf(memoryShare), 0, 100), "memoryShare", TAKES.percent),
  ],
  apply: ({ memoryShare }) => ({ share: wholeNumberOf(memoryShare) }),
};
