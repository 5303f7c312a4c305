import type { ComponentChildren } from "preact";
import { AdminIcon } from "../../AdminIcon.tsx";

interface SectionProps {
  id?: string;
  title: string;
  /** The values inside in one line, shown while it is closed too. */
  value: string;
  open: boolean;
  children: ComponentChildren;
}

/** A part of the form that is closed until it is needed. */
export function Section({ id, title, value, open, children }: SectionProps) {
  return (
    <details class="sec" id={id} open={open}>
      <summary>
        <h2>{title}</h2>
        <span class="meta" dir="auto">{value}</span>
        <AdminIcon name="chevron" />
      </summary>
      <div class="pad form">{children}</div>
    </details>
  );
}
