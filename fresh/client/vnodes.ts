import { type ComponentChild, h } from "preact";

// Setting `value` or `checked` would discard typed input on hydration.
const RENAMED: Record<string, string> = { value: "defaultValue", checked: "defaultChecked" };

/** Converts an element into a vnode with the given children. */
export function elementVNode(element: Element, children: ComponentChild[]): ComponentChild {
  const props: Record<string, unknown> = {};
  for (const { name, value } of element.attributes) {
    if (name.startsWith("on")) continue;
    // An empty boolean attribute such as `disabled` is a true property.
    const isFlag = value === "" && typeof Reflect.get(element, name) === "boolean";
    props[element instanceof HTMLInputElement ? RENAMED[name] ?? name : name] = isFlag || value;
  }
  return h(element.localName, props, ...children);
}
