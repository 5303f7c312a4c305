interface CopyFieldProps {
  id: string;
  label: string;
  value: string;
  hint: string;
}

/** Read-only text to copy; with scripts, a click or Tab selects all of it. */
export function CopyField({ id, label, value, hint }: CopyFieldProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <output id={id} class="address" aria-describedby={`${id}-hint`}>{value}</output>
      <p id={`${id}-hint`} class="meta">{hint}</p>
    </div>
  );
}
