/** Comments around islands (`i0`) and slots (`s0.1`). */
const START = /^frsh:(.+)/;
const END = "/frsh";

/** Nodes between two markers; null if the browser moved a marker. */
export interface Range {
  nodes: ChildNode[];
  end: ChildNode;
}

/** Id of a start marker. */
export function startId(node: Node): string | undefined {
  return node instanceof Comment ? START.exec(node.data)?.[1] : undefined;
}

/** Nodes up to the matching end marker. */
export function rangeFrom(start: ChildNode): Range | null {
  const nodes: ChildNode[] = [];
  let depth = 0;
  for (let node = start.nextSibling; node; node = node.nextSibling) {
    if (startId(node)) depth++;
    else if (node instanceof Comment && node.data === END && depth-- === 0) {
      return { nodes, end: node };
    }
    nodes.push(node);
  }
  return null;
}

/** All start markers below a node, in document order. */
export function startMarkers(root: Node): Map<string, Comment> {
  const found = new Map<string, Comment>();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const id = startId(node);
    if (id && node instanceof Comment && !found.has(id)) found.set(id, node);
  }
  return found;
}
