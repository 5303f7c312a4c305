import { beginsFormula, isProse } from "./math_content.ts";

/** How a block of maths begins and ends; the parser and the stream of blocks must agree on it. */
export interface MathOpener {
  readonly close: "$$" | "\\]";
  /** Nothing else on the line: like a fence it goes on over blank lines, to its end or the text's. */
  readonly fenced: boolean;
}

/** How many lines a block that is not fenced may have: where each of many lines could open one, looking ahead must stay cheap. */
export const MAX_MATH_LINES = 50;

/** Whether a line, without its indentation, opens a block of maths that goes on in the next lines. */
export function mathOpener(line: string): MathOpener | null {
  const close = line.startsWith("$$") ? "$$" : line.startsWith("\\[") ? "\\]" : null;
  if (close === null || line.includes(close, 2)) return null;
  const first = line.slice(2);
  const fenced = isBlankLine(first);
  // Prices are rated by dollars, and escaped brackets may be just brackets.
  const begins = fenced || (close === "$$" ? beginsFormula(first) : !isProse(first));
  return begins ? { close, fenced } : null;
}

/** Where in a line the block ends, or -1. */
export function mathCloser(line: string, { close }: MathOpener): number {
  return close === "$$" ? line.search(/(?<!\$)\$\$(?!\$)/) : line.indexOf(close);
}

export function isBlankLine(line: string): boolean {
  return /^[ \t]*$/.test(line);
}
