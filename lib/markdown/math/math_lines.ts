import { beginsFormula, isProse } from "./math_content.ts";

/** Opening of a maths block; the parser and BlockStream must agree on it. */
export interface MathOpener {
  readonly close: "$$" | "\\]";
  /** Alone on its line: like a fence it continues over blank lines, to its end or the text's. */
  readonly fenced: boolean;
}

/** Most lines of a block without a fence; keeps the lookahead cheap where many could open one. */
export const MAX_MATH_LINES = 50;

/** Parses a line, without indentation, that opens a maths block continuing on the next lines. */
export function mathOpener(line: string): MathOpener | null {
  const close = line.startsWith("$$") ? "$$" : line.startsWith("\\[") ? "\\]" : null;
  if (close === null || line.includes(close, 2)) return null;
  const first = line.slice(2);
  const fenced = isBlankLine(first);
  // Dollars also rate prices, and escaped brackets may be plain brackets.
  const begins = fenced || (close === "$$" ? beginsFormula(first) : !isProse(first));
  return begins ? { close, fenced } : null;
}

/** The position in a line where the block ends, or -1. */
export function mathCloser(line: string, { close }: MathOpener): number {
  return close === "$$" ? line.search(/(?<!\$)\$\$(?!\$)/) : line.indexOf(close);
}

export function isBlankLine(line: string): boolean {
  return /^[ \t]*$/.test(line);
}
