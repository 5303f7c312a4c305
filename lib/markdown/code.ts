import type { MarkdownIt } from "markdown-it";
import { type RenderBudget, renderBudgetOf } from "./render_budget.ts";
import { escapeHtml } from "./escape.ts";
import { highlight } from "./highlight.ts";
import { codeLanguage } from "./languages.ts";
import { written } from "./written.ts";

/**
 * Longer blocks are not highlighted: many grammars take quadratic time in the length of a line or
 * the number of lines (2.8 s for 16 KiB of `$` as Java).
 */
const MAX_HIGHLIGHTED = 16_384;
const MAX_LINES = 800;
const MAX_LINE = 400;

/** Slow grammars, whose code counts double. */
const COSTLY = new Set(["c", "cpp", "csharp"]);
const MAX_LABEL = 40;

/** Code blocks with a caption, a copy button, and a frame that scrolls by keyboard. */
export function useCode(engine: MarkdownIt): void {
  const { rules } = engine.renderer;
  rules.fence = (tokens, index, _options, env) => {
    const token = tokens[index];
    const info = engine.utils.unescapeAll(token?.info ?? "").trim();
    const label = info.split(/\s/, 1)[0] ?? "";
    const opening = (token?.markup ?? "") + (token?.info ?? "").trimEnd();
    return figure(token?.content ?? "", label, renderBudgetOf(env), opening);
  };
  rules.code_block = (tokens, index, _options, env) =>
    figure(tokens[index]?.content ?? "", "", renderBudgetOf(env));
}

/** @param opening the line that opened it, for copying; empty for the usual one */
function figure(code: string, label: string, budget: RenderBudget, opening = ""): string {
  const language = codeLanguage(label.toLowerCase());
  const coloured = language !== null && isColoured(code, language, budget);
  const content = coloured ? highlight(code, language) : escapeHtml(code);
  const kind = language === null ? "hljs" : `hljs language-${language}`;
  const usual = opening === "" || opening === "```" + label.slice(0, MAX_LABEL);
  return `<figure class="code"${usual ? "" : ` ${written(opening)}`}><figcaption>` +
    `<span class="code-language">${escapeHtml(label.slice(0, MAX_LABEL))}</span> ` +
    '<button type="button" class="copy-code" data-copy hidden>Copy</button></figcaption>' +
    `<pre dir="ltr" tabindex="0"><code class="${kind}">${content}</code></pre></figure>\n`;
}

function isColoured(code: string, language: string, budget: RenderBudget): boolean {
  const cost = COSTLY.has(language) ? code.length * 2 : code.length;
  if (cost > MAX_HIGHLIGHTED) return false;
  const lines = code.split("\n");
  if (lines.length > MAX_LINES || lines.some((line) => line.length > MAX_LINE)) return false;
  return budget.takeCode(cost);
}
