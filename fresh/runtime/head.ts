import { type ComponentChildren, isValidElement, toChildArray, type VNode } from "preact";
import { useEffect } from "preact/hooks";
import { IS_BROWSER } from "./browser.ts";
import { headCollector } from "./head_collector.ts";

/** Moves its children into the document's head. */
export function Head({ children }: { children?: ComponentChildren }): null {
  const elements = toChildArray(children).filter((child) => isValidElement(child));
  if (IS_BROWSER) useEffect(() => elements.forEach(update));
  else headCollector.current?.(elements);
  return null;
}

const byKey = new Map<unknown, Element>();

function update({ type, key, props }: VNode): void {
  if (typeof type !== "string") return;
  const { children, ...attributes }: Record<string, unknown> = { ...props };
  const text = [children].flat(Infinity).join("");
  if (type === "title") {
    document.title = text;
    return;
  }
  const element = byKey.get(key) ?? find(type, attributes) ??
    document.head.appendChild(document.createElement(type));
  if (key !== null && key !== undefined) byKey.set(key, element);
  for (const name in attributes) element.setAttribute(name, String(attributes[name]));
  if (text !== "") element.textContent = text;
}

function find(type: string, attributes: Record<string, unknown>): Element | null {
  const name = ["id", "name", "rel"].find((name) => name in attributes);
  return name === undefined
    ? null
    : document.head.querySelector(`${type}[${name}="${CSS.escape(String(attributes[name]))}"]`);
}
