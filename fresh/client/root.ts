import type { ContainerNode } from "preact";

/** A container for Preact that holds only these nodes, all of them before `end`. */
export function rootBetween(nodes: ChildNode[], end: ChildNode): ContainerNode {
  const parent = end.parentNode ?? document.body;
  const insertBefore = (node: Node, child: Node | null) => parent.insertBefore(node, child ?? end);
  const root = {
    nodeType: 1,
    parentNode: parent,
    firstChild: nodes[0] ?? null,
    childNodes: nodes,
    namespaceURI: parent instanceof Element ? parent.namespaceURI : null,
    contains: (node: Node | null) => parent.contains(node),
    insertBefore,
    appendChild: (node: Node) => insertBefore(node, null),
    removeChild: (node: Node) => parent.removeChild(node),
  };
  return root;
}
