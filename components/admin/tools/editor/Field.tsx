import type { ComponentChildren } from "preact";
import type { Finding } from "../../../../lib/shared/views/tool_admin_view.ts";

interface FieldProps {
  /** Of the input that stands in it. */
  id: string;
  label: string;
  hint?: ComponentChildren;
  findings: readonly Finding[];
  children: ComponentChildren;
}

/** A labelled field of the editor, with what the checks found about it. */
export function Field({ id, label, hint, findings, children }: FieldProps) {
  const found = findings.filter(({ field }) => field === id);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {hint !== undefined && <p class="meta" id={`${id}-hint`}>{hint}</p>}
      {found.map(({ level, text }) => (
        <p key={text} class={`finding ${level}`} id={`${id}-finding`}>{text}</p>
      ))}
    </div>
  );
}

interface NumberFieldProps extends Omit<FieldProps, "children" | "hint"> {
  value: string;
  hint: string;
  /** Which keys a phone shows. */
  keys: "decimal" | "numeric";
}

/** A field for a number or an amount. */
export function NumberField({ value, keys, ...field }: NumberFieldProps) {
  return (
    <Field {...field}>
      <input
        {...described(field.id, field.findings)}
        value={value}
        inputmode={keys}
        autocomplete="off"
      />
    </Field>
  );
}

/** What an input says of itself to who cannot see where its hint and findings stand. */
export function described(id: string, findings: readonly Finding[], hint = true) {
  const found = findings.filter(({ field }) => field === id);
  const ids = [hint ? `${id}-hint` : "", found.length > 0 ? `${id}-finding` : ""];
  return {
    id,
    name: id,
    "aria-describedby": ids.filter((id) => id !== "").join(" ") || undefined,
    "aria-invalid": found.some(({ level }) => level === "error") ? true : undefined,
  };
}
