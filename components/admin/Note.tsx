import type { ComponentChildren } from "preact";

interface NoteProps {
  good: boolean;
  id?: string;
  children: ComponentChildren;
}

/**
 * Outcome of the submitted form.
 * Takes the focus when the page opens: keyboard and screen reader users start there.
 */
export function Note({ good, id, children }: NoteProps) {
  return (
    <p
      id={id}
      class={good ? "alert good" : "alert bad"}
      role={good ? "status" : "alert"}
      tabIndex={-1}
      autoFocus
    >
      {children}
    </p>
  );
}
