import { signedInAs } from "../signed_in_as.ts";

/** Fields that the server fills in, not the administrator. */
const SERVER_FIELDS = /^(csrf|group|version|action)$/;
const key = () => `settings-typed:${signedInAs()}`;

/** Unsaved input of one settings group. */
interface Typed {
  /** The version on which the input is based, so that a concurrent save is a conflict. */
  version: string;
  fields: Record<string, string | boolean>;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * Keeps the input of a page's other forms when one is submitted. Returns the disposer.
 * Restored after the reload, from session storage.
 */
export function keepForms(): () => void {
  const forms = new Map<string, HTMLFormElement>();
  for (const form of document.querySelectorAll("form")) {
    const group = valueOf(form, "group");
    if (group !== null && fieldsIn(form).length > 0) forms.set(group, form);
  }
  for (const [group, typed] of Object.entries(takeTyped())) {
    const form = forms.get(group);
    if (form) putBack(form, typed);
  }
  document.documentElement.classList.add("js");
  const listening = new AbortController();
  document.addEventListener("submit", ({ target }) => {
    const typed: Record<string, Typed> = {};
    for (const [group, form] of forms) {
      const fields = changedIn(form);
      if (form !== target && Object.keys(fields).length > 0) {
        typed[group] = { version: valueOf(form, "version") ?? "", fields };
      }
    }
    attempt(() => sessionStorage.setItem(key(), JSON.stringify(typed)));
  }, { signal: listening.signal });
  return () => listening.abort();
}

function putBack(form: HTMLFormElement, { version, fields }: Typed): void {
  const now = stateOf(form);
  let differs = false;
  for (const field of fieldsIn(form)) {
    const value = fields[field.name];
    if (value === undefined || value === now[field.name]) continue;
    differs = true;
    if (typeof value === "string") field.value = value;
    else if (field instanceof HTMLInputElement) field.checked = value;
  }
  if (!differs) return;
  const seen = form.elements.namedItem("version");
  if (seen instanceof HTMLInputElement && version !== "") seen.value = version;
  const note = document.createElement("p");
  note.className = "alert";
  note.setAttribute("role", "status");
  note.textContent = "What you typed here is not saved yet.";
  form.before(note);
}

function stateOf(form: HTMLFormElement): Typed["fields"] {
  return Object.fromEntries(
    fieldsIn(form).map((field) => [
      field.name,
      field instanceof HTMLInputElement && field.type === "checkbox" ? field.checked : field.value,
    ]),
  );
}

/**
 * Fields that differ from the stored values.
 * A form with an error counts as a whole: the server rendered its unsaved input as defaults.
 */
function changedIn(form: HTMLFormElement): Typed["fields"] {
  const now = stateOf(form);
  const refused = Boolean(form.closest("section")?.querySelector(".alert:not(.good)"));
  const changed = fieldsIn(form).filter((field) => refused || now[field.name] !== writtenIn(field));
  return Object.fromEntries(changed.map(({ name }) => [name, now[name] ?? ""]));
}

function writtenIn(field: Field): string | boolean {
  if (field instanceof HTMLSelectElement) {
    return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])
      ?.value ?? "";
  }
  return field.type === "checkbox" && field instanceof HTMLInputElement
    ? field.defaultChecked
    : field.defaultValue;
}

function fieldsIn(form: HTMLFormElement): Field[] {
  return [...form.elements].filter((field) => isField(field)).filter(({ name, type }) =>
    name !== "" && !SERVER_FIELDS.test(name) && type !== "hidden" && type !== "file"
  );
}

function isField(field: Element): field is Field {
  return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ||
    field instanceof HTMLSelectElement;
}

function valueOf(form: HTMLFormElement, name: string): string | null {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement ? field.value : null;
}

/** Reads and clears the saved input: later page loads start from stored values. */
function takeTyped(): Record<string, Typed> {
  const text = attempt(() => sessionStorage.getItem(key()));
  attempt(() => sessionStorage.removeItem(key()));
  const kept: unknown = text && attempt(() => JSON.parse(text));
  const typed: Record<string, Typed> = {};
  if (typeof kept !== "object" || kept === null) return typed;
  for (const [group, value] of Object.entries(kept)) if (isTyped(value)) typed[group] = value;
  return typed;
}

function isTyped(value: unknown): value is Typed {
  return typeof value === "object" && value !== null && "version" in value &&
    typeof value.version === "string" && "fields" in value && typeof value.fields === "object" &&
    value.fields !== null &&
    Object.values(value.fields).every((each) => /^(string|boolean)$/.test(typeof each));
}

/** Session storage may be full or forbidden; then the input lasts until the page is left. */
function attempt<T>(access: () => T): T | null {
  try {
    return access();
  } catch {
    return null;
  }
}
