import { FORMS } from "../../locales/admin/settings.ts";
import type { Context } from "fresh";
import { z } from "zod";
import { SettingsChanged } from "../../admin/services/settings_service.ts";
import {
  DEFAULT_SETTINGS,
  type Settings,
  type SettingsGroup,
} from "../../settings/rules/settings.ts";
import {
  type FormGroup,
  groupFieldsOf,
  readSettings,
  settingsEdit,
  settingsFieldsOf,
} from "../../settings/rules/settings_form.ts";
import {
  changedNames,
  mergeSettings,
  type TypedFields,
} from "../../settings/rules/settings_merge.ts";
import type { SettingsFields, SettingsForm } from "../../shared/views/settings_view.ts";
import type { Finding } from "../../shared/views/tool_admin_view.ts";
import type { State } from "../define.ts";
import type { FormFields } from "./admin_form.ts";
import { adminOf } from "./admin_session.ts";
import { LOOK_FIELD, LOOK_NOTE } from "./kept_form.ts";

/** The field with the values that the admin saw, as JSON. */
export const SEEN_FIELD = "was";
export const WRONG = { good: false, text: FORMS.wrong };
const MEANWHILE = { good: false, text: FORMS.meanwhile };

const REFUSED_WEBHOOK: Finding = {
  level: "error",
  field: "webhookUrl",
  text: FORMS.privateWebhook,
};
const seenFields = z.record(z.string(), z.union([z.string(), z.boolean()]));
/** Number of concurrent saves by others that are merged before giving up. */
const MERGES = 5;

/** Forms to be shown again: nothing is saved, and nothing typed is lost. */
export interface ShownAgain {
  /** Typed values over the stored ones. */
  fields: SettingsFields;
  /** The values that the fields are compared with, and their version. */
  was: SettingsFields;
  version: number;
  forms: Partial<Record<SettingsGroup, Partial<SettingsForm>>>;
  note: SettingsForm["note"];
  status: number;
}

/** Saves the changes of all groups of settings, or none; returns the changed groups. */
export async function saveGroups(
  ctx: Context<State>,
  groups: readonly FormGroup[],
  form: FormFields,
): Promise<{ saved: FormGroup[] } | ShownAgain> {
  const { settings, deps } = ctx.state.services;
  const version = Number(form.text("version"));
  // Another process may have shown the form, and know more.
  if (version > settings.current.version) await deps.store.settings.refresh();
  const base = seenIn(form);
  const was = { ...settingsFieldsOf(settings.current), ...base };
  const typed = groups.reduce(
    (fields, group) => readSettings(group, fields, (name) => form.text(name)),
    was,
  );
  const shown = { fields: typed, was, version, forms: {} };
  if (form.has(LOOK_FIELD)) return { ...shown, note: LOOK_NOTE, status: 200 };
  // A form without the values that were seen counts as changed in every field.
  const changed = groups.filter((group) =>
    base === null || changedNames(was, fieldsOf(typed, group)).length > 0
  );
  const forms = refusedOf(changed, typed, (url) => settings.alerts.refuses(url));
  if (Object.keys(forms).length > 0) return { ...shown, forms, note: WRONG, status: 422 };
  return await stored(ctx, { changed, typed, base, seen: version });
}

interface Change {
  changed: FormGroup[];
  typed: SettingsFields;
  /** Values shown to the admin; null if unknown. */
  base: TypedFields | null;
  seen: number;
}

async function stored(
  ctx: Context<State>,
  change: Change,
): Promise<{ saved: FormGroup[] } | ShownAgain> {
  const { settings } = ctx.state.services;
  const { email: who } = adminOf(ctx.state);
  const { changed } = change;
  let now = settings.current;
  for (let triesLeft = MERGES;; triesLeft--) {
    const { fields, forms } = mergedWith(now, change);
    if (Object.keys(forms).length > 0) {
      const { version } = now;
      return { fields, was: settingsFieldsOf(now), version, forms, note: MEANWHILE, status: 409 };
    }
    const edits = changed.flatMap((group) => {
      const { edit } = settingsEdit(group, fields);
      return edit === null ? [] : [{ group, edit }];
    });
    try {
      await settings.saveAll(who, now.version, edits);
      return { saved: changed };
    } catch (error) {
      if (!(error instanceof SettingsChanged) || triesLeft === 0) throw error;
      now = error.current;
    }
  }
}

/** The changes in the current settings, and the groups in which somebody else was faster. */
function mergedWith(now: Settings, { changed, typed, base, seen }: Change) {
  const theirs = settingsFieldsOf(now);
  let fields = theirs;
  const forms: ShownAgain["forms"] = {};
  for (const group of changed) {
    const last = now.changes[group];
    const [mine, stand] = [fieldsOf(typed, group), fieldsOf(theirs, group)];
    const merged = base === null
      ? { fields: mine, conflicts: last && last.version > seen ? changedNames(stand, mine) : [] }
      : mergeSettings(base, stand, mine);
    fields = { ...fields, ...merged.fields };
    if (merged.conflicts.length === 0 && (base !== null || !last || last.version <= seen)) continue;
    const changes = merged.conflicts.map((field) => ({
      field,
      theirs: worded(stand[field]),
      yours: worded(mine[field]),
    }));
    forms[group] = { conflict: { by: last?.by ?? "", at: last?.at ?? 0, changes } };
  }
  return { fields, forms };
}

function refusedOf(
  groups: readonly FormGroup[],
  fields: SettingsFields,
  refuses: (url: string) => boolean,
): ShownAgain["forms"] {
  const forms: ShownAgain["forms"] = {};
  for (const group of groups) {
    const { findings } = settingsEdit(group, fields);
    const found = group === "alerts" && findings.length === 0 && refuses(fields.webhookUrl)
      ? [REFUSED_WEBHOOK]
      : findings;
    if (found.length > 0) forms[group] = { findings: found };
  }
  return forms;
}

/** The fields of one group. */
function fieldsOf(fields: SettingsFields, group: FormGroup): TypedFields {
  const all = new Map<string, string | boolean>(Object.entries(fields));
  const names = Object.keys(groupFieldsOf(DEFAULT_SETTINGS, group));
  return Object.fromEntries(names.map((name) => [name, all.get(name)]));
}

function seenIn(form: FormFields): TypedFields | null {
  const text = form.text(SEEN_FIELD);
  if (text === "") return null;
  try {
    return seenFields.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function worded(value: string | boolean | undefined): string {
  return typeof value === "boolean" ? (value ? "on" : "off") : value ?? "";
}
