/** Emphasised text, up to its end or as far as it is written: `2 * 3` and `a_b` are none. */
const EMPHASIS = /(^|[\s("“«])(\*|__?)(?=\S)(.*?\S)(?:\2(?![\p{L}\p{N}])|(?=\s*$))/gsu;

/** Unfinished Markdown without the marks that its finished block replaces by a look. */
export function unmarked(text: string): string {
  return text.replace(/^ *\* /gm, "• ")
    .replace(/^#+ |\*\*/gm, "")
    .replace(EMPHASIS, "$1$3")
    // One that may begin or end something.
    .replace(/[*_]+$/, "");
}
