import { FORMS } from "../../locales/admin/settings.ts";
import { z } from "zod";
import { AppError } from "../../platform/errors.ts";
import { FORM_GROUPS } from "../../settings/rules/settings_form.ts";
import type { KeptFormView } from "../../shared/views/admin_view.ts";
import { nextPage } from "./admin_session.ts";

/** The largest form that outlasts its session; the editor's longest is half of it. */
export const KEPT_FORM_BYTES = 1024 * 1024;
/** The field in which the page between two sessions carries it. */
export const KEPT_FIELD = "kept";
/** Asks a form's page to show what is sent, and to save nothing. */
export const LOOK_FIELD = "look";

/** Said above a form that was put together again. */
export const LOOK_NOTE = {
  good: false,
  text: FORMS.keptBack,
};

const MOST_FIELDS = 2_000;
/** What belongs to a session, not to what was typed. */
const SESSION_FIELDS = new Set(["csrf", KEPT_FIELD, LOOK_FIELD]);
/** Addresses of forms that can be shown again without saving them. */
const EDITOR = /^\/admin\/tools\/(?!(bin|import|preview|export)$)[\w-]+$/;
const SETTINGS = /^\/admin\/(settings|limits)$/;
const SETTINGS_GROUPS: readonly string[] = [...FORM_GROUPS, "logo"];
const NEVER_KEPT = /^\/admin\/(login|logout)$/;

const keptForm = z.object({
  to: z.string().max(300).refine((to) => isKept(to)),
  fields: z.array(z.tuple([z.string().max(200), z.string()])).max(MOST_FIELDS),
  file: z.boolean(),
});

/** A form of the area as it came, to be shown again after a login; null where it is not worth it. */
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

/** What the page between two sessions carried; null when that is not how it was sent. */
export function readKeptForm(text: string | null): KeptFormView | null {
  if (!text) return null;
  try {
    const kept = keptForm.safeParse(JSON.parse(text));
    return kept.success ? shown(kept.data) : null;
  } catch {
    return null;
  }
}

/** A form that came with the token of an earlier session of this browser. */
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
  return { ...kept, canLook: settings || EDITOR.test(kept.to) };
}

function isKept(path: string): boolean {
  return path !== "" && nextPage(path) === path && !NEVER_KEPT.test(path);
}
