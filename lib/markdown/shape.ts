import type { MarkdownIt, Token } from "markdown-it";
import { firstStrong, hasRightToLeft } from "./direction.ts";
import { markLinkedImages, withoutEmptyLinks } from "./links.ts";

/** Containers with the direction of the text inside, although their blocks have one too. */
const CONTAINERS = new Set([
  "bullet_list_open",
  "ordered_list_open",
  "list_item_open",
  "blockquote_open",
  "table_open",
]);

const DIRECTED = new Set(["paragraph_open", "heading_open", "th_open", "td_open"]);

/** Final pass over the parsed text: directions, outline, alignment, tasks, scrolling tables. */
export function useShape(engine: MarkdownIt): void {
  engine.core.ruler.push("shape", (state) => {
    const open: Token[] | null = hasRightToLeft(state.src) ? [] : null;
    const { tokens } = state;
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index];
      if (token === undefined) continue;
      if (token.type === "inline") {
        shapeInline(token, tokens[index - 2], state.Token);
        if (open !== null) decide(open, token.content);
      } else if (CONTAINERS.has(token.type)) {
        token.attrPush(["dir", "auto"]);
        open?.push(token);
      } else if (DIRECTED.has(token.type)) {
        align(token);
        token.attrPush(["dir", "auto"]);
      }
      if (token.type === "heading_open") token.tag = outlined(token.tag, state.env);
      else if (token.type === "heading_close") token.tag = tokens[index - 2]?.tag ?? token.tag;
      else if (open !== null && closes(token)) open.pop();
    }
  });
  engine.renderer.rules.table_open = (tokens, index, options, _env, renderer) =>
    `<div class="table-scroll" tabindex="0" role="region" aria-label="Table">` +
    renderer.renderToken(tokens, index, options);
  engine.renderer.rules.table_close = () => "</table></div>\n";
  engine.renderer.rules.code_inline = (tokens, index) =>
    `<code dir="ltr">${engine.utils.escapeHtml(tokens[index]?.content ?? "")}</code>`;
  engine.renderer.rules.task = (tokens, index) =>
    tokens[index]?.info === "done"
      ? '<span class="task" role="img" aria-label="Done">☑</span> '
      : '<span class="task" role="img" aria-label="To do">☐</span> ';
}

function closes(token: Token): boolean {
  return token.nesting === -1 && CONTAINERS.has(token.type.replace(/_close$/, "_open"));
}

/** Sets the direction of the open containers by their first strong character. */
function decide(open: Token[], text: string): void {
  const undecided = open.at(-1);
  if (undecided === undefined || undecided.meta !== null) return;
  const direction = firstStrong(text);
  if (direction === null) return;
  for (let index = open.length - 1; index >= 0; index--) {
    const token = open[index];
    if (token === undefined || token.meta !== null) return;
    token.meta = { direction };
    if (direction === "rtl") token.attrSet("dir", direction);
  }
}

/** Source levels of the open headings, per rendered text. */
const outlines = new WeakMap<object, number[]>();

/**
 * The heading's level in the page's outline: below the message's own h2, and never more than one
 * level below the heading before it.
 */
function outlined(tag: string, env: object): string {
  const level = Number(tag.slice(1));
  const open = (outlines.get(env) ?? []).filter((each) => each < level);
  open.push(level);
  outlines.set(env, open);
  return `h${Math.min(6, 2 + open.length)}`;
}

/** Replaces the parser's style attributes of cells, which the content security policy forbids. */
function align(token: Token): void {
  const style = token.attrGet("style");
  if (style === null) return;
  token.attrs = [["class", `align-${String(style).replace("text-align:", "")}`]];
}

function shapeInline(
  inline: Token,
  item: Token | undefined,
  Token: new (
    type: string,
    tag: string,
    nesting: -1 | 0 | 1,
  ) => Token,
): void {
  const children = withoutEmptyLinks(inline.children ?? []);
  inline.children = children;
  if (children.some((child) => child.type === "image")) markLinkedImages(children);
  if (item?.type !== "list_item_open") return;
  const first = children[0];
  if (first?.type !== "text") return;
  const box = /^\[([ xX])\] /.exec(first.content);
  if (box === null) return;
  first.content = first.content.slice(box[0].length);
  const task = new Token("task", "", 0);
  task.info = box[1] === " " ? "open" : "done";
  children.unshift(task);
  item.attrPush(["class", "task-item"]);
}
