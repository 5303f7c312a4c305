import { type ComponentChild, type ComponentType, h, hydrate, type VNode } from "preact";
import { loadIslands } from "./data.ts";
import { rangeFrom, startId, startMarkers } from "./markers.ts";
import { rootBetween } from "./root.ts";
import { elementVNode } from "./vnodes.ts";

/** Hydrates all islands of the page. */
export async function start(): Promise<void> {
  const islands = await loadIslands();
  const markers = startMarkers(document.body);
  let outer: Node | null = null;
  for (const [id, marker] of markers) {
    const component = componentOf(id);
    const isInside = outer && outer.compareDocumentPosition(marker) & 2; // preceding
    if (!component || isInside) continue;
    const range = rangeFrom(marker);
    if (!range) {
      reportError(new Error(`Island ${component.name}: the browser moved its markup`));
      continue;
    }
    outer = range.end;
    // One task per island: they do not wait for each other, and failures stay isolated.
    setTimeout(() => hydrate(islandVNode(id, component), rootBetween(range.nodes, range.end)));
  }

  function componentOf(id: string | undefined): ComponentType | null | undefined {
    return id?.[0] === "i" ? islands[+id.slice(1)]?.component : null;
  }

  function islandVNode(id: string, component: ComponentType): VNode {
    const island = islands[+id.slice(1)];
    const slots = island?.slots.map((name, i) => [name, vnodes(slotNodes(`${id.slice(1)}.${i}`))]);
    return h(component, { ...island?.props, ...Object.fromEntries(slots ?? []) });
  }

  function slotNodes(id: string): ChildNode[] {
    const marker = markers.get("s" + id);
    if (marker) return rangeFrom(marker)?.nodes ?? [];
    const template = document.getElementById("frsh-" + id);
    if (!(template instanceof HTMLTemplateElement)) return [];
    for (const [id, marker] of startMarkers(template.content)) markers.set(id, marker);
    return [...template.content.childNodes];
  }

  function vnodes(nodes: ChildNode[]): ComponentChild[] {
    const result: ComponentChild[] = [];
    let skipTo: ChildNode | null = null;
    for (const node of nodes) {
      if (skipTo) {
        if (node === skipTo) skipTo = null;
        continue;
      }
      const id = startId(node);
      const component = componentOf(id);
      const range = id && component && rangeFrom(node);
      if (range) {
        result.push(islandVNode(id, component));
        skipTo = range.end;
      } else if (node instanceof Text) result.push(node.data);
      else if (node instanceof Element) {
        result.push(elementVNode(node, vnodes([...node.childNodes])));
      }
    }
    return result;
  }
}
