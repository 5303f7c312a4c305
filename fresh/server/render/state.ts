import type { VNode } from "preact";
import type { RequestPath } from "../path.ts";
import type { IslandRef, IslandRegistry } from "./island_registry.ts";
import type { LiveVNode } from "./vnode.ts";

/** JSX passed to an island as a prop. */
export interface SlotUse {
  name: string;
  id: string;
  content: unknown;
  rendered: boolean;
}

export interface IslandUse {
  ref: IslandRef;
  /** Without slots. */
  props: Record<string, unknown>;
  slots: SlotUse[];
}

/** Data collected while a page is rendered. */
export class RenderState {
  readonly path: RequestPath;
  /** Empty without a nonce policy. */
  readonly nonce: string;
  readonly registry: IslandRegistry | null;
  readonly islands: IslandUse[] = [];
  /** Vnodes that are wrapped in markers already. */
  readonly islandNodes = new Set<LiveVNode>();
  /** Next vnode, if it is wrapped in markers already. */
  inside: LiveVNode | null = null;
  /** Elements from `<Head>`, by identity. */
  readonly heads = new Map<string, VNode>();
  /** Props of the html element, without children. */
  html: Record<string, unknown> | null = null;
  /** Props of the head element. */
  head: Record<string, unknown> | null = null;
  hasBody = false;
  /** True once the page is rendered and the document around it is next. */
  isOuter = false;
  /** Script of the development server, or null. */
  readonly devScript: string | null;
  readonly #changed: { vnode: LiveVNode; type: unknown; props: LiveVNode["props"] }[] = [];

  constructor(
    path: RequestPath,
    nonce: string,
    registry: IslandRegistry | null,
    devScript: string | null,
  ) {
    this.devScript = devScript;
    this.path = path;
    this.nonce = nonce;
    this.registry = registry;
  }

  /** Changes a vnode for this render only, since apps may reuse it. */
  change(vnode: LiveVNode, props: Record<string, unknown>, type: unknown = vnode.type): void {
    this.#changed.push({ vnode, type: vnode.type, props: vnode.props });
    vnode.type = type;
    vnode.props = props;
  }

  /** Restores all changed vnodes. */
  restore(): void {
    for (const { vnode, type, props } of this.#changed.reverse()) {
      vnode.type = type;
      vnode.props = props;
    }
  }
}
