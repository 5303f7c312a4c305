import type { MarkdownIt } from "markdown-it";

/** Supports `<br>`, which models use inside table cells; no other tag is. */
export function useLineBreaks(engine: MarkdownIt): void {
  engine.inline.ruler.before("html_inline", "br", (state, silent) => {
    if (state.src.charCodeAt(state.pos) !== 0x3c /* < */) return false;
    const tag = /^<br[ ]?\/?>/i.exec(state.src.slice(state.pos, state.pos + 6));
    if (tag === null) return false;
    if (!silent) state.push("hardbreak", "br", 0);
    state.pos += tag[0].length;
    return true;
  });
}
