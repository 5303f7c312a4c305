import type { ComponentChildren } from "preact";
import { AdminIcon } from "./AdminIcon.tsx";

/** Empty state of a list in which nothing is good news. */
export function AllFine({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="empty">
      <span class="good-t">
        <AdminIcon name="check" />
      </span>
      <p>
        <b>{title}</b>
      </p>
      <p>{children}</p>
    </div>
  );
}
