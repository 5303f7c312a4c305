import type { ComponentChildren } from "preact";

interface NoteProps {
  good: boolean;
  id?: string;
  children: ComponentChildren;
}

/**
 * What became of the form that led here. A page that begins with one begins
 * there for the keyboard too, and for who listens to it.
 */
export function Note({ good, id, children }: NoteProps) {
  return (
    <p
      id={id}
      class={good ? "note good" : "note bad"}
      role={good ? "status" : "alert"}
      tabIndex={-1}
      autoFocus
    >
      {children}
    </p>
  );
}
