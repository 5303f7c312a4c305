import type { VNode } from "preact";

/** Receives the children of `Head` during a server render. */
export const headCollector: { current: ((elements: VNode[]) => void) | null } = { current: null };
