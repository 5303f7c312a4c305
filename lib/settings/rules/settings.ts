import { z } from "zod";
import { budgetsGroup } from "./groups/budgets.ts";
import { alertsGroup } from "./groups/alerts.ts";
import { limitsGroup } from "./groups/limits.ts";
import { memoryGroup } from "./groups/memory.ts";
import { organisationGroup } from "./groups/organisation.ts";
import { peopleGroup } from "./groups/people.ts";
import { providersGroup } from "./groups/providers.ts";
import { retentionGroup } from "./groups/retention.ts";
import { reviewGroup } from "./groups/review.ts";
import { whatsAppGroup } from "./groups/whatsapp.ts";

/** Settings saved together by one form; changes of different groups do not conflict. */
export const SETTINGS_GROUPS = [
  "organisation",
  "logo",
  "texts",
  "limits",
  "budgets",
  "alerts",
  "retention",
  "review",
  "memory",
  "whatsapp",
  "providers",
  "people",
] as const;
export type SettingsGroup = (typeof SETTINGS_GROUPS)[number];

const count = z.number().int().min(0);

/** Author and time of a group's last change, and the version of the settings that it made. */
const change = z.object({ version: count, at: z.number(), by: z.string() });
export type SettingsChange = z.output<typeof change>;

/**
 * Settings that the organisation changes at run time.
 * Every field has a default for "not set", so that records of earlier versions of the program stay
 * readable.
 */
export const settingsSchema = z.object({
  /** Counts the changes; 0 for unchanged settings. */
  version: count.default(0),
  changes: z.partialRecord(z.enum(SETTINGS_GROUPS), change).default({}),
  organisation: organisationGroup.prefault({}),
  limits: limitsGroup.prefault({}),
  budgets: budgetsGroup.prefault({}),
  alerts: alertsGroup.prefault({}),
  retentionDays: retentionGroup,
  review: reviewGroup.prefault({}),
  memory: memoryGroup.prefault({}),
  whatsapp: whatsAppGroup.prefault({}),
  providers: providersGroup.prefault({}),
  people: peopleGroup.prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({});

/** The part of the settings that belongs to a group. */
export function groupOf(settings: Settings, group: SettingsGroup): Record<string, unknown> {
  const { name, colour, tagline, notice, logo } = settings.organisation;
  switch (group) {
    case "organisation":
      return { name, colour };
    case "texts":
      return { tagline, notice };
    case "logo":
      return { logo };
    case "retention":
      return { retentionDays: settings.retentionDays };
    default:
      return settings[group];
  }
}
