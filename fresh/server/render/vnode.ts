import type { ComponentChildren } from "preact";

/** A vnode as the renderer sees it while it works on it. */
export interface LiveVNode {
  type: unknown;
  props: Record<string, unknown>;
  key: unknown;
  /** Preact's name for the parent. */
  __?: LiveVNode | null;
}

/**
 * Whether a value is JSX. Null-prototype objects have no constructor either, and signals pass for
 * JSX by what they inherit.
 */
export function isJsx(value: unknown): value is LiveVNode {
  return typeof value === "object" && value !== null && value.constructor === undefined &&
    Object.hasOwn(value, "type") && Object.hasOwn(value, "props");
}

/** Whether a prop holds JSX, by itself or in a list. */
export function holdsJsx(value: unknown): value is ComponentChildren {
  return Array.isArray(value) ? value.some(holdsJsx) : isJsx(value);
}
