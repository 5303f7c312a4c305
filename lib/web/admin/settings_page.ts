import { LOGO } from "../../locales/admin/settings.ts";
import type { Context } from "fresh";
import { themeOf } from "../../settings/rules/colour.ts";
import { imageInfo, logoProblem } from "../../settings/rules/logo.ts";
import { REVIEW_NOTICE } from "../../feedback/rules/review.ts";
import type { Settings, SettingsGroup } from "../../settings/rules/settings.ts";
import {
  FORM_GROUPS,
  type FormGroup,
  settingsFieldsOf,
} from "../../settings/rules/settings_form.ts";
import { SettingsChanged } from "../../admin/services/settings_service.ts";
import type { SettingsFields, SettingsForm } from "../../shared/views/settings_view.ts";
import type { Finding } from "../../shared/views/tool_admin_view.ts";
import type { FormFields } from "./admin_form.ts";
import { adminOf } from "./admin_session.ts";
import { brandOf } from "../brand.ts";
import type { State } from "../define.ts";
import { LOOK_FIELD, LOOK_NOTE } from "./kept_form.ts";
import { saveGroups, type ShownAgain, WRONG } from "./settings_saving.ts";

export type PageGroup = FormGroup | "logo";

/** Default accent colour, for a picker without a value. */
const OWN_COLOUR = "#0f6b62";
/** In the address, after groups were saved together. */
const SEVERAL = "settings";

export function isFormGroup(text: string): text is FormGroup {
  return FORM_GROUPS.some((group) => group === text);
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

/** Saves a form with one group, or returns it with the problem; nothing typed is lost. */
export async function saveSettings(
  ctx: Context<State>,
  group: PageGroup,
  form: FormFields,
): Promise<Saved> {
  if (group === "logo") return await logoSaved(ctx, form);
  const outcome = await saveGroups(ctx, [group], form);
  if ("saved" in outcome) return { saved: true };
  const { fields, forms, version, status } = outcome;
  const note = forms[group]?.conflict ? null : outcome.note;
  return { saved: false, group, fields, status, form: { version, note, ...forms[group] } };
}

async function logoSaved(ctx: Context<State>, form: FormFields): Promise<Saved> {
  const { settings } = ctx.state.services;
  const seen = Number(form.text("version"));
  const again = (status: number, shown: Partial<SettingsForm>): Saved => ({
    saved: false,
    group: "logo",
    fields: settingsFieldsOf(settings.current),
    status,
    form: shown,
  });
  if (form.has(LOOK_FIELD)) return again(200, { version: seen, note: LOOK_NOTE });
  try {
    const problem = await saveLogo(ctx, form, seen);
    if (problem === null) return { saved: true };
    const findings: Finding[] = [{ level: "error", field: "logo", text: problem }];
    return again(422, { findings, note: WRONG });
  } catch (error) {
    if (!(error instanceof SettingsChanged)) throw error;
    const { by, at } = error.change;
    return again(409, { conflict: { by, at, changes: [] } });
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

export function settingsPageData(
  ctx: Context<State>,
  shown: Partial<ShownAgain> & {
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
      ...shown.forms?.[group],
      ...(group === shown.group ? shown.form : {}),
    };
  }
  const { colour } = current.organisation;
  return {
    token: adminOf(ctx.state).csrf,
    timeZone: deps.config.TIME_ZONE,
    fields,
    forms,
    was: shown.was ?? settingsFieldsOf(current),
    version: shown.version ?? current.version,
    note: shown.note ?? null,
    unsaved: shown.was !== undefined,
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

/** The groups that an address says were saved. */
export function savedGroups(url: URL): { groups: PageGroup[]; saved: boolean } {
  const saved = url.searchParams.get("saved") ?? "";
  const groups = saved.split(",").filter((group) => group === "logo" || isFormGroup(group));
  return { groups, saved: groups.length > 0 || saved === SEVERAL };
}

/** The page's address after groups were saved. */
export function savedAddress(groups: readonly PageGroup[]): string {
  const [first] = groups;
  return first === undefined
    ? `/admin/settings?saved=${SEVERAL}`
    : `/admin/settings?saved=${groups.join(",")}#${first}`;
}
