import { FORMS, LOGO } from "../../locales/admin/settings.ts";
import type { Context } from "fresh";
import { themeOf } from "../../settings/rules/colour.ts";
import { imageInfo, logoProblem } from "../../settings/rules/logo.ts";
import { REVIEW_NOTICE } from "../../feedback/rules/review.ts";
import type { Settings, SettingsGroup } from "../../settings/rules/settings.ts";
import {
  FORM_GROUPS,
  type FormGroup,
  groupFieldsOf,
  readSettings,
  settingsEdit,
  settingsFieldsOf,
} from "../../settings/rules/settings_form.ts";
import { SettingsChanged } from "../../admin/services/settings_service.ts";
import type {
  SettingsConflict,
  SettingsFields,
  SettingsForm,
} from "../../shared/views/settings_view.ts";
import type { Finding } from "../../shared/views/tool_admin_view.ts";
import type { FormFields } from "./admin_form.ts";
import { adminOf } from "./admin_session.ts";
import { brandOf } from "../brand.ts";
import type { State } from "../define.ts";
import { LOOK_FIELD, LOOK_NOTE } from "./kept_form.ts";

export type PageGroup = FormGroup | "logo";

/** Default accent colour, for a picker without a value. */
const OWN_COLOUR = "#0f6b62";
const REFUSED_WEBHOOK: Finding = {
  level: "error",
  field: "webhookUrl",
  text: FORMS.privateWebhook,
};
const WRONG = { good: false, text: FORMS.wrong };

export function isPageGroup(text: string): text is PageGroup {
  return text === "logo" || FORM_GROUPS.some((group) => group === text);
}

/** Result of a form: saved, or to be shown again. */
export type Saved = { saved: true } | {
  saved: false;
  group: PageGroup;
  /** Typed values over the stored ones. */
  fields: SettingsFields;
  form: Partial<SettingsForm>;
  status: number;
};

/** Saves a form of the page, or returns it with the problem; nothing typed is lost. */
export async function saveSettings(
  ctx: Context<State>,
  group: PageGroup,
  form: FormFields,
): Promise<Saved> {
  const { settings } = ctx.state.services;
  const { email: who } = adminOf(ctx.state);
  const seen = Number(form.text("version"));
  const stands = settingsFieldsOf(settings.current);
  const again = (fields: SettingsFields, status: number, shown: Partial<SettingsForm>): Saved => ({
    saved: false,
    group,
    fields,
    status,
    form: shown,
  });
  let fields = stands;
  const look = form.has(LOOK_FIELD);
  try {
    if (look && group !== "logo") fields = readSettings(group, stands, (name) => form.text(name));
    if (look) return again(fields, 200, { version: seen, note: LOOK_NOTE });
    if (group === "logo") {
      const problem = await saveLogo(ctx, form, seen);
      if (problem === null) return { saved: true };
      const findings: Finding[] = [{ level: "error", field: "logo", text: problem }];
      return again(fields, 422, { findings, note: WRONG });
    }
    fields = readSettings(group, stands, (name) => form.text(name));
    const { edit, findings } = settingsEdit(group, fields);
    if (edit === null) return again(fields, 422, { findings, note: WRONG });
    if (group === "alerts" && settings.alerts.refuses(fields.webhookUrl)) {
      return again(fields, 422, { findings: [REFUSED_WEBHOOK], note: WRONG });
    }
    await settings.save({ who, group, seen, edit });
    return { saved: true };
  } catch (error) {
    if (!(error instanceof SettingsChanged)) throw error;
    return again(fields, 409, { conflict: conflictOf(error, group, fields) });
  }
}

async function saveLogo(
  ctx: Context<State>,
  form: FormFields,
  seen: number,
): Promise<string | null> {
  const { settings } = ctx.state.services;
  const { email: who } = adminOf(ctx.state);
  if (form.text("action") === "remove") {
    const edit = (now: Settings) => ({ ...now, organisation: { ...now.organisation, logo: null } });
    await settings.save({ who, group: "logo", seen, edit, logo: null });
    return null;
  }
  const file = form.file("logo");
  if (file === null) return LOGO.missing;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const picture = imageInfo(bytes);
  const problem = logoProblem(bytes, picture);
  if (problem !== null || picture === null) return problem;
  await settings.save({
    who,
    group: "logo",
    seen,
    logo: { type: picture.type, bytes },
    edit: (now, version) => ({
      ...now,
      organisation: { ...now.organisation, logo: { ...picture, version } },
    }),
  });
  return null;
}

function conflictOf(
  { current, change }: SettingsChanged,
  group: PageGroup,
  yours: SettingsFields,
): SettingsConflict {
  const theirs = group === "logo" ? {} : groupFieldsOf(current, group);
  const typed = new Map<string, string | boolean>(Object.entries(yours));
  const changes = Object.entries(theirs).flatMap(([field, value]) => {
    const [left, right] = [worded(value), worded(typed.get(field))];
    return left === right ? [] : [{ field, theirs: left, yours: right }];
  });
  return { by: change.by, at: change.at, changes };
}

function worded(value: string | boolean | undefined): string {
  return typeof value === "boolean" ? (value ? "on" : "off") : value ?? "";
}

export function settingsPageData(
  ctx: Context<State>,
  shown: {
    fields?: SettingsFields;
    group?: SettingsGroup;
    form?: Partial<SettingsForm>;
  },
) {
  const { settings, deps } = ctx.state.services;
  const { current } = settings;
  const fields = shown.fields ?? settingsFieldsOf(current);
  const forms: Partial<Record<SettingsGroup, SettingsForm>> = {};
  for (const group of [...FORM_GROUPS, "logo"] as const) {
    const last = current.changes[group];
    forms[group] = {
      version: current.version,
      findings: [],
      conflict: null,
      note: null,
      saved: last ? { by: last.by, at: last.at } : null,
      ...(group === shown.group ? shown.form : {}),
    };
  }
  const { colour } = current.organisation;
  return {
    token: adminOf(ctx.state).csrf,
    timeZone: deps.config.TIME_ZONE,
    fields,
    forms,
    logo: brandOf(current)?.logo ?? null,
    picked: colour ?? OWN_COLOUR,
    tones: colour === null ? null : themeOf(colour),
    environment: {
      sessionCost: deps.config.COST_ALERT_SESSION_USD,
      webhook: hostOf(deps.config.ALERT_WEBHOOK_URL),
    },
    reviewNotice: REVIEW_NOTICE,
    destination: settings.alerts.destination(),
  };
}

function hostOf(url: string | undefined): string | null {
  return url === undefined ? null : URL.parse(url)?.host ?? null;
}

/** The form that a note in the address belongs to. */
export function savedGroup(url: URL): PageGroup | null {
  const saved = url.searchParams.get("saved") ?? "";
  return isPageGroup(saved) ? saved : null;
}
