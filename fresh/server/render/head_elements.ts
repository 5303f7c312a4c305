import type { ComponentChildren, VNode } from "preact";
import { jsx } from "preact/jsx-runtime";
import { headCollector } from "../../runtime/head_collector.ts";
import type { RenderState } from "./state.ts";
import type { LiveVNode } from "./vnode.ts";

const LIKE_ANY_OTHER: Record<string, string> = { meta: "content", link: "href" };

/** Identity of a head element; equal ones replace each other. */
function identity({ type, key, props }: LiveVNode): string {
  if (type === "title") return "title";
  if (key !== undefined && key !== null) return `${type} #${key}`;
  const skipped = LIKE_ANY_OTHER[String(type)];
  const names = Object.keys(props).filter((name) =>
    name !== skipped && name !== "children" && name !== "nonce"
  );
  return [type, ...names.sort().map((name) => `${name}=${props[name]}`)].join(" ");
}

/** Collects `<Head>` children into the state during a render. */
export function collectingHeads<Result>(state: RenderState, render: () => Result): Result {
  const outer = headCollector.current;
  headCollector.current = (elements) => {
    for (const element of elements) state.heads.set(identity(live(element)), element);
  };
  try {
    return render();
  } finally {
    headCollector.current = outer;
  }
}

/** Replaces an element of the document's head by one of equal identity from `<Head>`. */
export function replaceFromHeads(vnode: LiveVNode, state: RenderState): void {
  if (state.heads.size === 0) return;
  const id = identity(vnode);
  const newer = state.heads.get(id);
  if (newer === undefined) return;
  state.heads.delete(id);
  state.change(vnode, live(newer).props);
}

/** The document's complete head element. */
export function headElement(state: RenderState): VNode {
  const { children, ...props } = state.head ?? {
    children: jsx("meta", { charset: "utf-8" }),
  };
  const own = children as ComponentChildren;
  return jsx("head", { ...props, children: [own, jsx(Added, { state })] });
}

// Rendered last: replacements are removed from the list by then.
function Added({ state }: { state: RenderState }): VNode[] {
  const added = [...state.heads.values()];
  state.heads.clear();
  return added;
}

function live({ type, key, props }: VNode): LiveVNode {
  return { type, key, props: { ...props } };
}
