import type { ButtonHTMLAttributes } from "preact";

interface ActionProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Its label and tooltip. */
  name: string;
  "data-copy"?: boolean;
}

/** An icon button in the row under a message. */
export function Action({ name, ...rest }: ActionProps) {
  return <button type="button" class="quiet" aria-label={name} title={name} {...rest} />;
}
