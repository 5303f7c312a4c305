import type { ComponentChildren } from "preact";
import type { Finding } from "../../../../lib/shared/views/tool_admin_view.ts";

interface FieldProps {
  id: string;
  label: string;
  hint?: ComponentChildren;
  findings: readonly Finding[];
  children: ComponentChildren;
}

/** A labelled input with its hint; an error stands in the hint's place. */
export function Field({ id, label, hint, findings, children }: FieldProps) {
  const found = findings.filter(({ field }) => field === id);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children}
      {hint !== undefined && !isWrong(id, findings) && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {found.length > 0 && (
        <div id={`${id}-finding`}>
          {found.map(({ level, text }) => <p key={text} class={`finding ${level}`}>{text}</p>)}
        </div>
      )}
    </div>
  );
}

interface NumberFieldProps extends Omit<FieldProps, "children"> {
  value: string;
  placeholder?: string;
  /** On-screen keyboard. */
  keys: "decimal" | "numeric";
}

export function NumberField({ value, placeholder, keys, ...field }: NumberFieldProps) {
  return (
    <Field {...field}>
      <input
        {...described(field.id, field.findings)}
        class="in"
        value={value}
        placeholder={placeholder}
        inputmode={keys}
        autocomplete="off"
      />
    </Field>
  );
}

function isWrong(id: string, findings: readonly Finding[]): boolean {
  return findings.some(({ field, level }) => field === id && level === "error");
}

/** ARIA attributes that tie an input to its hint and findings. */
export function described(id: string, findings: readonly Finding[], hint = true) {
  const wrong = isWrong(id, findings);
  const found = findings.some(({ field }) => field === id);
  const ids = [hint && !wrong ? `${id}-hint` : "", found ? `${id}-finding` : ""];
  return {
    id,
    name: id,
    "aria-describedby": ids.filter((id) => id !== "").join(" ") || undefined,
    "aria-invalid": wrong ? true : undefined,
  };
}
