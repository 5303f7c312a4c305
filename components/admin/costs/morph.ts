/**
 * Makes a tree like another and touches only what differs, so that the focus,
 * what was scrolled and what was opened stay as they are.
 */
export function morph(tree: Element, wanted: Element): void {
  for (const name of tree.getAttributeNames()) {
    if (!wanted.hasAttribute(name) && !isOpened(tree, name)) tree.removeAttribute(name);
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

/** Whether an attribute is what a reader did, not what the server says. */
function isOpened(element: Element, name: string): boolean {
  return name === "open" && element.nodeName === "DETAILS";
}
