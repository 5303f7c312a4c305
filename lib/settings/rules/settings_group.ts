import type { SettingsFields } from "../../shared/views/settings_view.ts";
import type { Finding } from "../../shared/views/tool_admin_view.ts";

type Field = keyof SettingsFields;

/** A submitted form. */
export interface SubmittedForm {
  /** A field's text, trimmed. */
  text(name: string): string;
  ticked(name: string): boolean;
}

/**
 * A form of settings that are saved together.
 * @template Part the part of the settings that it changes
 */
export interface SettingsGroupForm<Part, F extends Field> {
  fields(part: Part): Pick<SettingsFields, F>;
  /** The submitted fields; `stands` are the current ones. */
  read(form: SubmittedForm, stands: SettingsFields): Pick<SettingsFields, F>;
  check(fields: SettingsFields): (Finding | null)[];
  /** The part with the fields, which {@link check} found right. */
  apply(fields: SettingsFields, part: Part): Part;
}

export function check(right: boolean, field: Field, text: string): Finding | null {
  return right ? null : { level: "error", field, text };
}

export function within(value: number, from: number, to: number): boolean {
  return value >= from && value <= to;
}
