import type { MarkdownIt, Token } from "markdown-it";

/** Containers that are removed when empty. */
const LEFT_OUT = new Set(["paragraph", "heading", "blockquote", "bullet_list", "ordered_list"]);
const LEAVES = new Set(["fence", "code_block", "math_block"]);

/**
 * Removes blocks without content, which remain where a reply stopped after `### `, `- ` or a fence.
 * An empty item between others stays, for their numbers, and so does an empty table cell.
 */
export function useNoEmptyBlocks(engine: MarkdownIt): void {
  engine.core.ruler.push("no_empty_blocks", (state) => {
    const kept: Token[] = [];
    for (const token of state.tokens) {
      const before = kept.at(-1);
      if (LEAVES.has(token.type) && token.content.trim() === "") continue;
      if (token.type === "inline" && before !== undefined && isEmpty(token, before)) continue;
      if (token.type.endsWith("_list_close")) dropEmptyItems(kept);
      if (token.nesting === -1 && isLeftOut(token, kept.at(-1))) kept.pop();
      else kept.push(token);
    }
    state.tokens = kept;
  });
}

function isLeftOut({ type }: Token, before: Token | undefined): boolean {
  const block = type.replace(/_close$/, "");
  return LEFT_OUT.has(block) && before?.type === `${block}_open`;
}

/** Removes empty items at the end of a list. */
function dropEmptyItems(kept: Token[]): void {
  while (kept.at(-1)?.type === "list_item_close" && kept.at(-2)?.type === "list_item_open") {
    kept.length -= 2;
  }
}

/** Whether a heading or a paragraph shows nothing. A heading needs readable text. */
function isEmpty(inline: Token, { type }: Token): boolean {
  const blank = type === "heading_open"
    ? /^[\s\p{Cf}]*$/u
    : type === "paragraph_open"
    ? /^[ \t]*$/
    : null;
  return blank !== null &&
    (inline.children ?? []).every((child) =>
      child.type === "softbreak" || child.type === "hardbreak" ||
      (["text", "escaped", "code_inline"].includes(child.type) && blank.test(child.content))
    );
}
