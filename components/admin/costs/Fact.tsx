import type { ComponentChildren } from "preact";

interface FactProps {
  name: string;
  value: string;
  /** Smaller, after the value: "of $5.00". */
  of?: string;
  /** The one main figure of the page. */
  hero?: boolean;
  /** Detail or comparison. */
  children?: ComponentChildren;
}

/** A named figure with details; belongs in a `dl` with the class `figs`. */
export function Fact({ name, value, of, hero = false, children }: FactProps) {
  return (
    <div class={hero ? "hero" : undefined}>
      <dt>{name}</dt>
      <dd class="value">
        {value}
        {of !== undefined && <small>{of}</small>}
      </dd>
      {children !== undefined && <dd class="about">{children}</dd>}
    </div>
  );
}
