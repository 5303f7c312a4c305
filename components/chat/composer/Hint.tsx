import type { ComponentChildren } from "preact";
import { AlertIcon } from "../../ui/Icons.tsx";

interface HintProps {
  warn?: boolean;
  children: ComponentChildren;
}

/** A notice above the field. */
export function Hint({ warn = false, children }: HintProps) {
  return (
    <div class={warn ? "note warn" : "note"}>
      <AlertIcon />
      <div>{children}</div>
    </div>
  );
}
