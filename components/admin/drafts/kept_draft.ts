import { signedInAs } from "../signed_in_as.ts";

/** Form fields that are not part of the draft. */
const NOT_DRAFT = /^(csrf|version|accepted|draft|golden-.+)$/;

export type FormDraft = Record<string, string>;

const key = (place: string) => `tool-draft:${signedInAs()}:${place}`;

/** The form's current values; unticked boxes are left out. */
export function draftOf(form: HTMLFormElement): FormDraft {
  const draft: FormDraft = {};
  for (const [name, value] of new FormData(form)) {
    if (!NOT_DRAFT.test(name) && typeof value === "string") {
      draft[name] = value.replaceAll("\r\n", "\n");
    }
  }
  return draft;
}

export function fillForm(form: HTMLFormElement, draft: FormDraft): void {
  for (const field of form.elements) {
    // Names of groups are no input.
    if (field instanceof HTMLInputElement && field.type === "hidden" && field.name === "group") {
      continue;
    }
    if (field instanceof HTMLInputElement && field.type === "checkbox") {
      field.checked = Object.hasOwn(draft, field.name);
    } else if (isText(field) && !NOT_DRAFT.test(field.name)) field.value = draft[field.name] ?? "";
  }
}

export function sameDraft(a: FormDraft, b: FormDraft): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}

export function keptDraft(place: string): FormDraft | null {
  const text = attempt(() => localStorage.getItem(key(place)));
  if (!text) return null;
  const value: unknown = attempt(() => JSON.parse(text));
  if (typeof value !== "object" || value === null) return null;
  const draft: FormDraft = {};
  for (const [name, field] of Object.entries(value)) {
    if (typeof field === "string") draft[name] = field;
  }
  return draft;
}

export function keepDraft(place: string, draft: FormDraft | null): void {
  attempt(() => {
    if (draft === null) localStorage.removeItem(key(place));
    else localStorage.setItem(key(place), JSON.stringify(draft));
  });
}

type TextField = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function isText(field: Element): field is TextField {
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ||
    field instanceof HTMLSelectElement;
}

/** Storage may be full or forbidden; the input is still in the form. */
function attempt<T>(access: () => T): T | null {
  try {
    return access();
  } catch {
    return null;
  }
}
