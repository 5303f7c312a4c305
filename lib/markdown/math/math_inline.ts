import type { MarkdownIt } from "markdown-it";
import { isFormula, isProse } from "./math_content.ts";

type InlineRule = Parameters<MarkdownIt["inline"]["ruler"]["push"]>[1];

/** How far the end is searched for; a longer formula would not be rendered. */
const WINDOW = 2_048;

const CLOSERS: Readonly<Record<string, string>> = {
  "$": "$",
  "$$": "$$",
  "\\(": "\\)",
  "\\[": "\\]",
};

export const mathInline: InlineRule = (state, silent) => {
  const { src, pos } = state;
  const open = openerAt(src, pos);
  const close = open === null ? undefined : CLOSERS[open];
  if (open === null || close === undefined) return false;
  const start = pos + open.length;
  const length = lengthUntil(src.slice(start, Math.min(state.posMax, start + WINDOW)), close);
  if (length <= 0) return false;
  const content = src.slice(start, start + length);
  if (!isMath(open, content, src.charAt(pos - 1), src.charAt(start + length + close.length))) {
    return false;
  }
  if (!silent) {
    const token = state.push("math_inline", "math", 0);
    token.content = content;
    token.markup = open;
  }
  state.pos = start + length + close.length;
  return true;
};

function openerAt(src: string, pos: number): string | null {
  const code = src.charCodeAt(pos);
  const next = src.charCodeAt(pos + 1);
  if (code === 0x24 /* $ */) return next === 0x24 ? "$$" : "$";
  if (code !== 0x5c /* \ */) return null;
  return next === 0x28 ? "\\(" : next === 0x5b ? "\\[" : null;
}

/** The distance to the first unescaped end, or -1. */
function lengthUntil(text: string, close: string): number {
  let at = text.indexOf(close);
  while (at > 0 && close.startsWith("$") && text.charCodeAt(at - 1) === 0x5c) {
    at = text.indexOf(close, at + 1);
  }
  return at;
}

function isMath(open: string, content: string, before: string, after: string): boolean {
  if (content.trim() === "") return false;
  if (open === "$" || open === "$$") return isFormula(open, content, before, after);
  return !isProse(content);
}
