import type { ComponentChildren } from "preact";

interface FactProps {
  name: string;
  value: string;
  /** What it is made of, or how it compares. */
  children?: ComponentChildren;
}

/** A figure with its name, and what helps to judge it. Belongs into a `dl` of facts. */
export function Fact({ name, value, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
      {children !== undefined && <dd class="about">{children}</dd>}
    </div>
  );
}
