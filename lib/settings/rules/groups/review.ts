import { z } from "zod";
import { SETTING_TAKES as TAKES } from "../../../locales/admin/settings.ts";
import { check, type SettingsGroupForm } from "../settings_group.ts";
import { SETTINGS_LIMITS } from "../settings_limits.ts";

const LONGEST = SETTINGS_LIMITS.text;

export const reviewGroup = z.object({
  /** Whether conversations may be reviewed. */
  enabled: z.boolean().default(false),
  /** Notice on the chat page while they may; "" for the default. */
  notice: z.string().max(LONGEST).default(""),
});

export const REVIEW_FORM: SettingsGroupForm<
  z.output<typeof reviewGroup>,
  "review" | "reviewNotice"
> = {
  fields: ({ enabled, notice }) => ({ review: enabled, reviewNotice: notice }),
  read: ({ text, ticked }) => ({ review: ticked("review"), reviewNotice: text("reviewNotice") }),
  check: ({ reviewNotice }) => [
    check(reviewNotice.length <= LONGEST, "reviewNotice", TAKES.atMost(LONGEST)),
  ],
  apply: ({ review, reviewNotice }) => ({ enabled: review, notice: reviewNotice }),
};
