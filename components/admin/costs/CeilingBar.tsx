interface CeilingBarProps {
  percent: number;
  /** A share rather than a limit: no colours of warning. */
  plain?: boolean;
  /** For screen readers where no text beside it says the same. */
  label?: string;
}

/** Bar of a used percentage. */
export function CeilingBar({ percent, plain = false, label }: CeilingBarProps) {
  const level = plain || percent < 80 ? "" : percent < 100 ? " warn" : " bad";
  const said = label === undefined
    ? { "aria-hidden": "true" as const }
    : { role: "img" as const, "aria-label": label };
  return (
    <svg class={`bar${level}`} {...said}>
      <rect width="100%" height="100%" />
      <rect class="used" width={`${Math.min(100, percent)}%`} height="100%" />
    </svg>
  );
}
