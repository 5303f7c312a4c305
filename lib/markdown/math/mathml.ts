import { createRequire } from "node:module";
import type Temml from "temml";
import type { RenderBudget } from "../render_budget.ts";
import { escapeHtml } from "../escape.ts";
import { safeMathml } from "./mathml_safe.ts";
import { written } from "../written.ts";

// Loaded on first use: it takes 20 ms, which most starts never need.
const require = createRequire(import.meta.url);

let loaded: typeof Temml | null = null;

const MAX_LENGTH = 2_048;
const MAX_MATHML = 131_072;

/** Macro definitions: one that doubles its argument, applied to itself, expands exponentially. */
const DEFINES = /\\(?:[gex]?def|let|futurelet|newcommand|renewcommand|providecommand|DeclareMath)/;

/** Renders a formula as MathML; its source as code when invalid, too long or over the budget. */
export function renderMath(tex: string, open: string, budget: RenderBudget): string {
  const display = open === "$$" || open === "\\[";
  const mathml = budget.takeFormula(tex.length) ? toMathml(tex, display) : null;
  const kind = display ? "math math-block" : "math";
  const close = open.replace("(", ")").replace("[", "]");
  const source = open + tex + close;
  if (mathml !== null) {
    return display
      ? `<span class="${kind}" dir="ltr" tabindex="0" ${written(source)}>${mathml}</span>`
      : `<span class="${kind}" dir="ltr" ${written(source)}>${mathml}</span>`;
  }
  return `<code class="${kind} math-source" dir="ltr">${escapeHtml(source)}</code>`;
}

function toMathml(tex: string, displayMode: boolean): string | null {
  if (tex.trim() === "" || tex.length > MAX_LENGTH || DEFINES.test(tex)) return null;
  const temml = loaded ??= load();
  try {
    const mathml = temml.renderToString(tex, {
      displayMode,
      throwOnError: true,
      trust: false,
      macros: {},
      maxExpand: 500,
      maxSize: [20, 200],
    });
    return mathml.length > MAX_MATHML ? null : safeMathml(mathml);
  } catch {
    return null; // an invalid formula, or nesting that exhausts the stack
  }
}

function load(): typeof Temml {
  const temml: typeof Temml = require("temml");
  return temml;
}
