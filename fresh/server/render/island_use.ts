import { type ComponentChildren, Fragment, type VNode } from "preact";
import { jsx, jsxTemplate } from "preact/jsx-runtime";
import type { IslandRef } from "./island_registry.ts";
import type { IslandUse, RenderState, SlotUse } from "./state.ts";
import { holdsJsx, type LiveVNode } from "./vnode.ts";

const END = "<!--/frsh-->";

/** Puts markers around an island, except inside another island's own render. */
export function markIsland(vnode: LiveVNode, ref: IslandRef, state: RenderState): void {
  if (vnode === state.inside) {
    state.inside = null;
    return;
  }
  if (state.islandNodes.size > 0 && isInsideIsland(vnode, state)) return;
  const index = state.islands.length;
  const use: IslandUse = { ref, props: {}, slots: [] };
  const props: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(vnode.props)) {
    if (holdsJsx(value)) {
      const slot = { name, id: `${index}.${use.slots.length}`, content: value, rendered: false };
      use.slots.push(slot);
      props[name] = jsx(Slot, { slot });
    } else {
      use.props[name] = value;
      props[name] = value;
    }
  }
  state.islands.push(use);
  const inner: LiveVNode = { ...vnode, props };
  state.islandNodes.add(inner);
  state.inside = inner;
  const marked: LiveVNode = jsxTemplate([`<!--frsh:i${index}-->`, END], inner);
  state.change(vnode, marked.props, Fragment);
}

/** Component of a slot inside its island. */
function Slot({ slot }: { slot: SlotUse }): VNode {
  slot.rendered = true;
  return jsxTemplate([`<!--frsh:s${slot.id}-->`, END], jsx(Fragment, childrenOf(slot)));
}

/** A slot's content as props. */
export function childrenOf({ content }: SlotUse): { children: ComponentChildren } {
  return { children: holdsJsx(content) ? content : null };
}

function isInsideIsland(vnode: LiveVNode, state: RenderState): boolean {
  for (let at = vnode.__; at; at = at.__) {
    if (at.type === Slot) return false;
    if (state.islandNodes.has(at)) return true;
  }
  return false;
}
