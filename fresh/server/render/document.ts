import type { ComponentChildren, VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { jsx } from "preact/jsx-runtime";
import { Fragment } from "preact";
import { collectingHeads, headElement } from "./head_elements.ts";
import { islandData } from "./island_data.ts";
import { childrenOf } from "./island_use.ts";
import type { RenderState } from "./state.ts";
import { HEAD_MARK, rendering } from "./visit.ts";

const EMPTY_HEAD = '<head><meta charset="utf-8"/></head>';

/** Renders a whole document; adds what the markup lacks. */
export function renderDocument(
  tree: ComponentChildren,
  state: RenderState,
  devScript: string | null,
): string {
  try {
    return rendering(state, () =>
      collectingHeads(state, () => {
        const page = renderToString(jsx(Fragment, { children: tree }));
        const tail = hiddenSlots(state) + scripts(state, devScript);
        return assemble(page, headHtml(state), tail, state);
      }));
  } finally {
    state.restore();
  }
}

function assemble(page: string, head: string, tail: string, state: RenderState): string {
  let before = "<html>";
  let rest = page;
  if (state.hasHtml) {
    const mark = page.indexOf(HEAD_MARK);
    before = page.slice(0, mark);
    rest = page.slice(mark + HEAD_MARK.length, page.lastIndexOf("</html>"));
  }
  if (!state.hasBody) rest = `<body>${rest}</body>`;
  if (tail !== "") {
    const end = rest.lastIndexOf("</body>");
    rest = rest.slice(0, end) + tail + rest.slice(end);
  }
  return `<!DOCTYPE html>${before}${head}${rest}</html>`;
}

function headHtml(state: RenderState): string {
  if (state.head === null && state.heads.size === 0) return EMPTY_HEAD;
  state.inHead = true;
  return renderToString(headElement(state));
}

// What an island did not show yet waits inertly. It may hold further islands with slots.
function hiddenSlots({ islands }: RenderState): string {
  let html = "";
  for (const { slots } of islands) {
    for (const slot of slots) {
      if (slot.rendered) continue;
      const content: VNode = jsx(Fragment, childrenOf(slot));
      html += `<template id="frsh-${slot.id}">${renderToString(content)}</template>`;
    }
  }
  return html;
}

function scripts({ islands, registry, nonce }: RenderState, devScript: string | null): string {
  const attribute = nonce === "" ? "" : ` nonce="${nonce}"`;
  let html = "";
  if (registry !== null && islands.length > 0) {
    const { basePath, client } = registry;
    html = `<script id="frsh" type="application/json">${islandData(islands)}</script>` +
      `<script type="module"${attribute} src="${basePath}${client.url}"></script>`;
  }
  if (devScript !== null) html += `<script type="module"${attribute} src="${devScript}"></script>`;
  return html;
}
