import MarkdownParser, { type MarkdownIt } from "markdown-it";
import { useCode } from "./code.ts";
import { useEmphasis } from "./emphasis.ts";
import { useNoEmptyBlocks } from "./empty.ts";
import { useLinks } from "./links.ts";
import { useMath } from "./math/math.ts";
import { useShape } from "./shape.ts";
import { useWritten } from "./written.ts";

/** Deeper than any useful list, and shallow enough to keep hostile nesting cheap. */
const MAX_NESTING = 40;

export function createEngine(): MarkdownIt {
  const engine = new MarkdownParser("default", {
    html: false,
    linkify: true,
    typographer: false,
    breaks: true,
    maxNesting: MAX_NESTING,
  });
  return engine.use(useLinks).use(useMath).use(useCode).use(useLineBreaks).use(useEmphasis).use(
    useWritten,
  )
    .use(useNoEmptyBlocks).use(useShape);
}

/** Supports `<br>`, which models use inside table cells; no other tag is. */
function useLineBreaks(engine: MarkdownIt): void {
  engine.inline.ruler.before("html_inline", "br", (state, silent) => {
    if (state.src.charCodeAt(state.pos) !== 0x3c /* < */) return false;
    const tag = /^<br[ ]?\/?>/i.exec(state.src.slice(state.pos, state.pos + 6));
    if (tag === null) return false;
    if (!silent) state.push("hardbreak", "br", 0);
    state.pos += tag[0].length;
    return true;
  });
}
