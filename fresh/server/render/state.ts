import type { VNode } from "preact";
import type { RequestPath } from "../path.ts";
import type { IslandRef, IslandRegistry } from "./island_registry.ts";
import type { LiveVNode } from "./vnode.ts";

/** JSX that an island got as a prop. */
export interface SlotUse {
  name: string;
  id: string;
  content: unknown;
  rendered: boolean;
}

/** An island that occurs on the page. */
export interface IslandUse {
  ref: IslandRef;
  /** Without slots. */
  props: Record<string, unknown>;
  slots: SlotUse[];
}

/** What one page collects while it is rendered. */
export class RenderState {
  readonly path: RequestPath;
  /** Empty without a nonce policy. */
  readonly nonce: string;
  readonly registry: IslandRegistry | null;
  readonly islands: IslandUse[] = [];
  /** The vnodes inside of boundaries, as marks in the tree. */
  readonly islandNodes = new Set<LiveVNode>();
  /** The vnode that comes next and is inside of its boundary already. */
  inside: LiveVNode | null = null;
  /** What `<Head>` collected, by identity. */
  readonly heads = new Map<string, VNode>();
  /** Props of the html element, without children. */
  html: Record<string, unknown> | null = null;
  /** Props of the head element. */
  head: Record<string, unknown> | null = null;
  hasBody = false;
  /** The page is done, and what is around it is being rendered. */
  isOuter = false;
  /** What the development server adds to every page. */
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

  /** Changes a vnode for this render only: the app may use the same one again. */
  change(vnode: LiveVNode, props: Record<string, unknown>, type: unknown = vnode.type): void {
    this.#changed.push({ vnode, type: vnode.type, props: vnode.props });
    vnode.type = type;
    vnode.props = props;
  }

  /** Gives all changed vnodes back. */
  restore(): void {
    for (const { vnode, type, props } of this.#changed.reverse()) {
      vnode.type = type;
      vnode.props = props;
    }
  }
}
