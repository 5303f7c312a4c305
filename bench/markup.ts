import { type ComponentChildren, h, type VNode } from "preact";

type Build = () => ComponentChildren;

const VOID = /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/;
const RAW = /^(script|style|textarea|title)$/;

/**
 * Parses well-formed HTML into a function that makes fresh vnodes at each call, as a page's
 * components do. A message's content is one piece of HTML, as in the page.
 */
export function readMarkup(html: string): () => VNode {
  const root = { tag: "", build: [] as Build[], attributes: {} as Record<string, string | true> };
  const stack = [root];
  const top = () => stack[stack.length - 1] ?? root;
  const token =
    /<!--[\s\S]*?-->|<!doctype[^>]*>|<\/([\w-]+)>|<([\w-]+)((?:\s+[^\s=>/]+(?:="[^"]*")?)*)\s*\/?>|[^<]+/gi;
  for (let found = token.exec(html); found; found = token.exec(html)) {
    const [text, closing, opening, list = ""] = found;
    if (text.startsWith("<!")) continue;
    if (closing !== undefined) {
      const { tag, build, attributes } = stack.pop() ?? root;
      top().build.push(() => h(tag, { ...attributes }, build.map((make) => make())));
    } else if (opening === undefined) {
      const plain = unescaped(text);
      top().build.push(() => plain);
    } else {
      const attributes: Record<string, string | true> = {};
      for (const [, name = "", value] of list.matchAll(/([^\s=>/]+)(?:="([^"]*)")?/g)) {
        attributes[name] = value === undefined ? true : unescaped(value);
      }
      const isMessage = attributes.class !== undefined &&
        / ?prose|markdown/.test(String(attributes.class));
      if (VOID.test(opening) || text.endsWith("/>")) {
        top().build.push(() => h(opening, { ...attributes }));
      } else if (RAW.test(opening) || isMessage) {
        const end = endOf(html, opening, token.lastIndex);
        const inner = html.slice(token.lastIndex, end);
        token.lastIndex = html.indexOf(">", end) + 1;
        top().build.push(() =>
          h(opening, { ...attributes, dangerouslySetInnerHTML: { __html: inner } })
        );
      } else stack.push({ tag: opening, build: [], attributes });
    }
  }
  const { build } = root;
  return () => h("template", null, build.map((make) => make()));
}

/** End of the element that begins before `from`, skipping nested ones of its kind. */
function endOf(html: string, tag: string, from: number): number {
  const edge = new RegExp(`<(/?)${tag}\\b`, "g");
  edge.lastIndex = from;
  for (let depth = 1, found = edge.exec(html); found; found = edge.exec(html)) {
    depth += found[1] === "/" ? -1 : 1;
    if (depth === 0) return found.index;
  }
  return html.length;
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
