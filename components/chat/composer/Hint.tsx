import type { ComponentChildren } from "preact";
import { AlertIcon } from "../../ui/Icons.tsx";

interface HintProps {
  warn?: boolean;
  icon?: ComponentChildren;
  children: ComponentChildren;
}

/** A notice above the field. */
export function Hint({ warn, icon, children }: HintProps) {
  return (
    <div class={warn ? "note warn" : "note"}>
      {icon ?? <AlertIcon />}
      <div>{children}</div>
    </div>
  );
}
