import type { MarkdownIt } from "markdown-it";
import { renderBudgetOf } from "../render_budget.ts";
import { mathBlock } from "./math_block.ts";
import { mathInline } from "./math_inline.ts";
import { renderMath } from "./mathml.ts";

/** Maths in $…$, $$…$$, \(…\) and \[…\]; a token's `markup` is the opening delimiter. */
export function useMath(engine: MarkdownIt): void {
  engine.inline.ruler.before("escape", "math_inline", mathInline);
  engine.block.ruler.before("blockquote", "math_block", mathBlock, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
  const { rules } = engine.renderer;
  rules.math_inline = (tokens, index, _options, env) => {
    const token = tokens[index];
    if (token === undefined) return "";
    return renderMath(token.content, token.markup, renderBudgetOf(env));
  };
  rules.math_block = (tokens, index, _options, env) => {
    const token = tokens[index];
    if (token === undefined) return "";
    return `<p dir="ltr">${renderMath(token.content, token.markup, renderBudgetOf(env))}</p>\n`;
  };
}
