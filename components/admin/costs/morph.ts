/**
 * Updates a DOM tree in place to equal another.
 * Unchanged nodes stay, and with them focus, scroll positions and opened details.
 * An element with `data-still` is not part of it.
 */
export function morph(tree: Element, wanted: Element): void {
  if (tree.hasAttribute("data-still")) return;
  for (const name of tree.getAttributeNames()) {
    if (!wanted.hasAttribute(name) && !isReaderState(tree, name)) tree.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (tree.getAttribute(name) !== value) tree.setAttribute(name, value);
  }
  const children = [...wanted.childNodes];
  children.forEach((child, i) => {
    const own = tree.childNodes[i];
    if (own === undefined) tree.append(child);
    else if (own.nodeName !== child.nodeName) own.replaceWith(child);
    else if (own instanceof Element && child instanceof Element) morph(own, child);
    else if (own.nodeValue !== child.nodeValue) own.nodeValue = child.nodeValue;
  });
  while (tree.childNodes.length > children.length) tree.lastChild?.remove();
}

/** Attributes set by the reader, not by the server. */
function isReaderState(element: Element, name: string): boolean {
  return name === "open" && element.nodeName === "DETAILS";
}
