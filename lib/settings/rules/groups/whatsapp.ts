import { z } from "zod";
import type { SettingsGroupForm } from "../settings_group.ts";

export const whatsAppGroup = z.object({ proposals: z.boolean().default(true) });

export const WHATSAPP_FORM: SettingsGroupForm<
  z.output<typeof whatsAppGroup>,
  "proposals"
> = {
  fields: ({ proposals }) => ({ proposals }),
  read: ({ ticked }) => ({ proposals: ticked("proposals") }),
  check: () => [],
  apply: ({ proposals }) => ({ proposals }),
};
