import { FORMS } from "../../locales/admin/settings.ts";
import { z } from "zod";
import { AppError } from "../../platform/errors.ts";
import { FORM_GROUPS } from "../../settings/rules/settings_form.ts";
import type { KeptFormView } from "../../shared/views/admin_view.ts";
import { nextPage } from "./admin_session.ts";

/** Size limit of a form carried over, in bytes; the editor's longest is half of it. */
export const KEPT_FORM_BYTES = 1024 * 1024;
/** The field that carries a form through the login page. */
export const KEPT_FIELD = "kept";
/** Asks a form's page to show the posted fields without saving. */
export const LOOK_FIELD = "look";

/** Note above a restored form. */
export const LOOK_NOTE = {
  good: false,
  text: FORMS.keptBack,
};

const MOST_FIELDS = 2_000;
/** Fields of the session, not of the form. */
const SESSION_FIELDS = new Set(["csrf", KEPT_FIELD, LOOK_FIELD]);
/** Addresses of forms that can be shown again without saving. */
const EDITOR = /^\/admin\/tools\/(?!(bin|import|preview|export)$)[\w-]+$/;
const SETTINGS = /^\/admin\/(settings|limits)$/;
const SETTINGS_GROUPS: readonly string[] = [...FORM_GROUPS, "logo"];
const BUDGETS = "/admin/budgets";
const PLANS = /^\/admin\/experiments\/(new|[a-z0-9]{10})$/;
/** Sent with a password, or of no use later. */
const NEVER_KEPT = /^\/admin\/(login|logout|backups(\/[\w.-]+)?)$/;

const keptForm = z.object({
  to: z.string().max(300).refine((to) => isKept(to)),
  fields: z.array(z.tuple([z.string().max(200), z.string()])).max(MOST_FIELDS),
  file: z.boolean(),
});

/** Serialises a posted form, to be shown again after a login; null when it cannot be. */
export function keptFormOf(path: string, data: FormData): KeptFormView | null {
  if (!isKept(path)) return null;
  const fields: [string, string][] = [];
  let file = false;
  for (const [name, value] of data) {
    if (typeof value !== "string") file ||= value.size > 0;
    else if (!SESSION_FIELDS.has(name)) fields.push([name, value]);
  }
  const kept = keptForm.safeParse({ to: path, fields, file });
  return kept.success && fields.length > 0 ? shown(kept.data) : null;
}

/** Parses a carried form; null when it is invalid. */
export function readKeptForm(text: string | null): KeptFormView | null {
  if (!text) return null;
  try {
    const kept = keptForm.safeParse(JSON.parse(text));
    return kept.success ? shown(kept.data) : null;
  } catch {
    return null;
  }
}

/** A form with the token of an earlier session of this browser. */
export class StaleForm extends AppError {
  constructor(readonly kept: KeptFormView | null) {
    super(
      "denied",
      { code: "form.stale" },
    );
  }
}

function shown(kept: z.output<typeof keptForm>): KeptFormView {
  const group = kept.fields.find(([name]) => name === "group")?.[1] ?? "";
  const settings = SETTINGS.test(kept.to) && SETTINGS_GROUPS.includes(group);
  const plan = PLANS.test(kept.to) && kept.fields.some(([name]) => name === "measure");
  return { ...kept, canLook: settings || plan || kept.to === BUDGETS || EDITOR.test(kept.to) };
}

function isKept(path: string): boolean {
  return path !== "" && nextPage(path) === path && !NEVER_KEPT.test(path);
}
