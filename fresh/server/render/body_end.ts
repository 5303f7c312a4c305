import { type ComponentChildren, Fragment, type VNode } from "preact";
import { jsx, jsxTemplate } from "preact/jsx-runtime";
import { islandData } from "./island_data.ts";
import { childrenOf } from "./island_use.ts";
import type { RenderState } from "./state.ts";

/** Data and scripts of the page's islands; rendered after all of them. */
export function BodyEnd({ state }: { state: RenderState }): ComponentChildren {
  if (state.islands.length === 0 && state.devScript === null) return null;
  return [jsx(HiddenSlots, { state }), jsx(Scripts, { state })];
}

// Slots that an island has not rendered are kept in templates; they may contain islands.
function HiddenSlots({ state }: { state: RenderState }): ComponentChildren {
  const hidden = state.islands.flatMap((use) => use.slots).filter((slot) => !slot.rendered);
  if (hidden.length === 0) return null;
  const templates = hidden.map((slot) => {
    slot.rendered = true;
    return jsx("template", { id: `frsh-${slot.id}`, children: jsx(Fragment, childrenOf(slot)) });
  });
  return [...templates, jsx(HiddenSlots, { state })];
}

function Scripts({ state }: { state: RenderState }): VNode {
  const { islands, registry, nonce, devScript } = state;
  const start = nonce === "" ? '<script type="module"' : `<script type="module" nonce="${nonce}"`;
  let html = "";
  if (registry !== null && islands.length > 0) {
    html = `<script id="frsh" type="application/json">${islandData(islands)}</script>` +
      `${start} src="${registry.basePath}${registry.client.url}"></script>`;
  }
  if (devScript !== null) html += `${start} src="${devScript}"></script>`;
  return jsxTemplate([html]);
}
