import type { ComponentChildren } from "preact";

interface FactProps {
  name: string;
  value: string;
  /** Detail or comparison. */
  children?: ComponentChildren;
}

/** A named figure with details; belongs in a `dl` of facts. */
export function Fact({ name, value, children }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
      {children !== undefined && <dd class="about">{children}</dd>}
    </div>
  );
}
