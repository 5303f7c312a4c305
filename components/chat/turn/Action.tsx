import type { ButtonHTMLAttributes } from "preact";

interface ActionProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Its label and tooltip. */
  label: string;
  "data-copy"?: boolean;
  "data-aloud"?: boolean;
}

/** An icon button in the row under a message. */
export function Action({ label, ...rest }: ActionProps) {
  return <button type="button" class="quiet" aria-label={label} title={label} {...rest} />;
}
