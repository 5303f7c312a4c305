import type { ComponentChildren } from "preact";
import type { Finding } from "../../../../lib/shared/views/tool_admin_view.ts";

interface FieldProps {
  id: string;
  label: string;
  hint?: ComponentChildren;
  findings: readonly Finding[];
  children: ComponentChildren;
}

/** A labelled input with its hint and findings. */
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
  /** On-screen keyboard. */
  keys: "decimal" | "numeric";
}

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

/** ARIA attributes that tie an input to its hint and findings. */
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
