import type { ComponentChildren } from "preact";

/** A mutable vnode during a render. */
export interface LiveVNode {
  type: unknown;
  props: Record<string, unknown>;
  key: unknown;
  /** Parent, by Preact's internal name. */
  __?: LiveVNode | null;
}

/**
 * True for JSX.
 * Excludes null-prototype objects, which lack a constructor too, and signals, which inherit
 * JSX-like properties.
 */
export function isJsx(value: unknown): value is LiveVNode {
  return typeof value === "object" && value !== null && value.constructor === undefined &&
    Object.hasOwn(value, "type") && Object.hasOwn(value, "props");
}

/** True for JSX or a list that contains it. */
export function holdsJsx(value: unknown): value is ComponentChildren {
  return Array.isArray(value) ? value.some(holdsJsx) : isJsx(value);
}
