import { type ComponentChildren, Fragment } from "preact";
import { renderToString } from "preact-render-to-string";
import { jsx } from "preact/jsx-runtime";
import { BodyEnd } from "./body_end.ts";
import { collectingHeads, headElement } from "./head_elements.ts";
import type { RenderState } from "./state.ts";
import { rendering } from "./visit.ts";

const EMPTY_HEAD = '<head><meta charset="utf-8"/></head>';
const HTML_END = "</html>";

/** Renders a document; adds missing html, head and body elements. */
export function renderDocument(tree: ComponentChildren, state: RenderState): string {
  try {
    return rendering(state, () => collectingHeads(state, () => assemble(tree, state)));
  } finally {
    state.restore();
  }
}

// Renders the page before the head, which depends on it.
// The html and head elements render nothing in place: no position in the page's text is searched.
function assemble(tree: ComponentChildren, state: RenderState): string {
  let page = renderToString(jsx(Fragment, { children: tree }));
  if (!state.hasBody) page = `<body>${page}${renderToString(jsx(BodyEnd, { state }))}</body>`;
  state.isOuter = true;
  const html = state.html === null ? "<html>" + HTML_END : renderToString(jsx("html", state.html));
  return `<!DOCTYPE html>${html.slice(0, -HTML_END.length)}${headHtml(state)}${page}${HTML_END}`;
}

function headHtml(state: RenderState): string {
  if (state.head === null && state.heads.size === 0) return EMPTY_HEAD;
  return renderToString(headElement(state));
}
