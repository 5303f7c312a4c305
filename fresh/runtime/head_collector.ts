import type { VNode } from "preact";

/** Where `Head` leaves its children on the server, while a page is rendered. */
export const headCollector: { current: ((elements: VNode[]) => void) | null } = { current: null };
