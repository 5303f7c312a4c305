import type { SettingsFields } from "../../shared/views/settings_view.ts";
import type { Finding } from "../../shared/views/tool_admin_view.ts";
import { ALERTS_FORM } from "./groups/alerts.ts";
import { LIMITS_FORM } from "./groups/limits.ts";
import { MEMORY_FORM } from "./groups/memory.ts";
import { ORGANISATION_FORM, TEXTS_FORM } from "./groups/organisation.ts";
import { PEOPLE_FORM } from "./groups/people.ts";
import { RETENTION_FORM } from "./groups/retention.ts";
import { REVIEW_FORM } from "./groups/review.ts";
import { WHATSAPP_FORM } from "./groups/whatsapp.ts";
import type { Settings, SettingsGroup } from "./settings.ts";

/** Groups with a form on the settings page. */
export const FORM_GROUPS = [
  "organisation",
  "texts",
  "review",
  "retention",
  "memory",
  "alerts",
  "whatsapp",
  "people",
  "limits",
] as const satisfies readonly SettingsGroup[];
export type FormGroup = (typeof FORM_GROUPS)[number];

const FORMS = {
  organisation: ORGANISATION_FORM,
  texts: TEXTS_FORM,
  review: REVIEW_FORM,
  retention: RETENTION_FORM,
  memory: MEMORY_FORM,
  alerts: ALERTS_FORM,
  whatsapp: WHATSAPP_FORM,
  people: PEOPLE_FORM,
  limits: LIMITS_FORM,
} as const;

/** The fields of each form. */
function fieldsByGroup(settings: Settings) {
  const { organisation, review, retentionDays, memory, alerts, whatsapp, people, limits } =
    settings;
  return {
    organisation: ORGANISATION_FORM.fields(organisation),
    texts: TEXTS_FORM.fields(organisation),
    review: REVIEW_FORM.fields(review),
    retention: RETENTION_FORM.fields(retentionDays),
    memory: MEMORY_FORM.fields(memory),
    alerts: ALERTS_FORM.fields(alerts),
    whatsapp: WHATSAPP_FORM.fields(whatsapp),
    people: PEOPLE_FORM.fields(people),
    limits: LIMITS_FORM.fields(limits),
  };
}

export function settingsFieldsOf(settings: Settings): SettingsFields {
  const { organisation, texts, review, retention, memory, alerts, whatsapp, people, limits } =
    fieldsByGroup(settings);
  return {
    ...organisation,
    ...texts,
    ...review,
    ...retention,
    ...memory,
    ...alerts,
    ...whatsapp,
    ...people,
    ...limits,
  };
}

/** The fields of one form, by name. */
export function groupFieldsOf(
  settings: Settings,
  group: FormGroup,
): Partial<Record<string, string | boolean>> {
  return fieldsByGroup(settings)[group];
}

/** The fields of the current settings, with one form's submitted fields on top. */
export function readSettings(
  group: FormGroup,
  stands: SettingsFields,
  get: (name: string) => string,
): SettingsFields {
  const text = (name: string) => get(name).replaceAll("\0", "").trim();
  const ticked = (name: string) => get(name) === "on";
  return { ...stands, ...FORMS[group].read({ text, ticked }, stands) };
}

export type EditOrFindings =
  | { edit: (now: Settings) => Settings; findings: [] }
  | { edit: null; findings: Finding[] };

/** Parses the fields of a group, or returns their errors. */
export function settingsEdit(group: FormGroup, fields: SettingsFields): EditOrFindings {
  const findings = FORMS[group].check(fields).filter((found) => found !== null);
  return findings.length > 0
    ? { edit: null, findings }
    : { edit: (now) => APPLY[group](fields, now), findings: [] };
}

const APPLY: Record<FormGroup, (fields: SettingsFields, now: Settings) => Settings> = {
  organisation: (fields, now) => ({
    ...now,
    organisation: ORGANISATION_FORM.apply(fields, now.organisation),
  }),
  texts: (fields, now) => ({ ...now, organisation: TEXTS_FORM.apply(fields, now.organisation) }),
  review: (fields, now) => ({ ...now, review: REVIEW_FORM.apply(fields, now.review) }),
  retention: (fields, now) => ({
    ...now,
    retentionDays: RETENTION_FORM.apply(fields, now.retentionDays),
  }),
  memory: (fields, now) => ({ ...now, memory: MEMORY_FORM.apply(fields, now.memory) }),
  alerts: (fields, now) => ({ ...now, alerts: ALERTS_FORM.apply(fields, now.alerts) }),
  people: (fields, now) => ({ ...now, people: PEOPLE_FORM.apply(fields, now.people) }),
  whatsapp: (fields, now) => ({ ...now, whatsapp: WHATSAPP_FORM.apply(fields, now.whatsapp) }),
  limits: (fields, now) => ({ ...now, limits: LIMITS_FORM.apply(fields, now.limits) }),
};
