import MarkdownParser, { type MarkdownIt } from "markdown-it";
import { useCode } from "./markdown_code.ts";
import { useLineBreaks } from "./markdown_breaks.ts";
import { useEmphasis } from "./markdown_emphasis.ts";
import { useNoEmptyBlocks } from "./markdown_empty.ts";
import { useLinks } from "./markdown_links.ts";
import { useMath } from "./markdown_math.ts";
import { useShape } from "./markdown_shape.ts";
import { useWritten } from "./markdown_written.ts";

/** Deeper than any list a person reads, and shallow enough for hostile nesting to stay cheap. */
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
