import { type ComponentChild, h } from "preact";

// Preact keeps what the visitor typed only if these are not set again.
const RENAMED: Record<string, string> = { value: "defaultValue", checked: "defaultChecked" };

/** The element as a vnode with these children. */
export function elementVNode(element: Element, children: ComponentChild[]): ComponentChild {
  const props: Record<string, unknown> = {};
  for (const { name, value } of element.attributes) {
    if (name.startsWith("on")) continue;
    // An empty attribute such as `disabled` is a property that is true.
    const isFlag = value === "" && typeof Reflect.get(element, name) === "boolean";
    props[element instanceof HTMLInputElement ? RENAMED[name] ?? name : name] = isFlag || value;
  }
  return h(element.localName, props, ...children);
}
