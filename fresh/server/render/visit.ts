import { Fragment, options } from "preact";
import { jsx } from "preact/jsx-runtime";
import { asset, assetSrcSet } from "../../runtime/asset.ts";
import { activeLink } from "./active_link.ts";
import { replaceFromHeads } from "./head_elements.ts";
import { BodyEnd } from "./body_end.ts";
import { markIsland } from "./island_use.ts";
import type { RenderState } from "./state.ts";
import type { LiveVNode } from "./vnode.ts";

// Rendering is synchronous, so one page at a time.
let current: RenderState | null = null;

/** Runs a synchronous render that fills the state. */
export function rendering<Result>(state: RenderState, render: () => Result): Result {
  const outer = current;
  current = state;
  try {
    return render();
  } finally {
    current = outer;
  }
}

const AsyncFunction = (async () => {}).constructor;

function visit(vnode: LiveVNode, state: RenderState): void {
  const { type } = vnode;
  if (typeof type === "function") {
    if (type === Fragment) return;
    const ref = state.registry?.islands.get(type);
    if (ref !== undefined) markIsland(vnode, ref, state);
    else if (type.constructor === AsyncFunction) {
      throw new TypeError(`${type.name}: only pages, layouts and the wrapper may be async`);
    }
    return;
  }
  switch (type) {
    case "a":
      activeLink(vnode, state);
      break;
    case "img":
    case "source":
      lockAssets(vnode, state);
      break;
    case "html":
      if (state.isOuter) break;
      state.html = { ...vnode.props, children: undefined };
      state.change(vnode, { children: vnode.props.children }, Fragment);
      break;
    case "body":
      state.hasBody = true;
      state.change(vnode, {
        ...vnode.props,
        children: [vnode.props.children, jsx(BodyEnd, { state })],
      });
      break;
    case "head":
      if (state.isOuter) break;
      state.head = vnode.props;
      state.change(vnode, {}, Fragment);
      break;
    case "script":
    case "style":
      if (state.isOuter) replaceFromHeads(vnode, state);
      if (state.nonce !== "" && vnode.props.nonce === undefined) {
        state.change(vnode, { nonce: state.nonce, ...vnode.props });
      }
      break;
    case "title":
    case "meta":
    case "link":
    case "base":
    case "noscript":
    case "template":
      if (state.isOuter) replaceFromHeads(vnode, state);
  }
}

function lockAssets(vnode: LiveVNode, state: RenderState): void {
  const { src, srcset, srcSet } = vnode.props;
  if ("data-fresh-disable-lock" in vnode.props) return;
  const locked: Record<string, string> = {};
  if (typeof src === "string") locked.src = asset(src);
  if (typeof srcset === "string") locked.srcset = assetSrcSet(srcset);
  if (typeof srcSet === "string") locked.srcSet = assetSrcSet(srcSet);
  state.change(vnode, { ...vnode.props, ...locked });
}

interface DiffHook {
  vnode?: unknown;
  /** Preact's hook before a vnode is diffed. */
  __b?(vnode: LiveVNode): void;
}

const hooks: DiffHook = options;
const next = hooks.__b;
hooks.__b = (vnode) => {
  if (current !== null) visit(vnode, current);
  next?.(vnode);
};
