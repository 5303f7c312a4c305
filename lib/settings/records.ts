import { z } from "zod";
import { family } from "../store/key.ts";
import { settingsLogo } from "./rules/groups/organisation.ts";
import { retentionGroup } from "./rules/groups/retention.ts";
import { settingsSchema } from "./rules/settings.ts";

const amount = z.bigint().min(0n);

/** Defaults of a store without settings, fixed when the store was created. */
const defaults = z.object({
  organisationCeiling: amount.nullable(),
  /** Null in stores of earlier versions, which keep conversations the longest. */
  retentionDays: retentionGroup,
});
export type Defaults = z.output<typeof defaults>;

/*
 *   key                                   value                          lives
 *   settings                              the organisation's settings    for ever
 *   settings_logo                         picture of its logo            for ever
 *   defaults                              defaults of a new store        for ever
 */

export const settingsKeys = {
  settings: family<z.output<typeof settingsSchema>, []>("settings", settingsSchema),
  settingsLogo: family<z.output<typeof settingsLogo>, []>("settings_logo", settingsLogo),
  defaults: family<Defaults, []>("defaults", defaults, { onDamage: "refuse" }),
} as const;
