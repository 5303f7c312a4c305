import type { ComponentChildren } from "preact";
import { Logo } from "./Logo.tsx";

interface BarProps {
  organisation: string;
  /** Link back, in place of the organisation. */
  back?: ComponentChildren;
}

/** Top of a page: the organisation, or the way back to a tool. */
export function Bar({ organisation, back }: BarProps) {
  return (
    <header class="bar">
      {back ?? (
        <a class="brand" href="/">
          <Logo />
          <span>{organisation}</span>
        </a>
      )}
    </header>
  );
}
