import MarkdownParser, { type MarkdownIt } from "markdown-it";
import { useCode } from "./code.ts";
import { useLineBreaks } from "./breaks.ts";
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
