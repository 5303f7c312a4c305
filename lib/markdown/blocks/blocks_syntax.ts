/** An open fence; it ends with a line of at least as many of its marker. */
export interface Fence {
  readonly kind: "fence";
  readonly marker: string;
  readonly length: number;
}

export interface Marker {
  /** The column where the item's text begins; null without text on the line. */
  readonly content: number | null;
  /** Whether it begins a list directly after a line of a paragraph. */
  readonly interrupts: boolean;
}

export function listMarker(line: string, indent: number): Marker | null {
  const found = /^[ \t]*([-+*]|(\d{1,9})[.)])([ \t]+|$)/.exec(line);
  if (found === null) return null;
  const [whole, mark = "", number, space = ""] = found;
  if (whole.length === line.length) return { content: null, interrupts: false };
  const start = indent + mark.length;
  const gap = widthOf(space, start);
  return {
    content: start + (gap > 4 ? 1 : gap),
    interrupts: number === undefined || Number(number) === 1,
  };
}

/** Parses the opening line of a code fence, without its indentation. */
export function fenceOpener(text: string): Fence | null {
  const found = /^(`{3,}(?=[^`]*$)|~{3,})/.exec(text);
  const mark = found?.[1];
  return mark === undefined ? null : { kind: "fence", marker: mark.charAt(0), length: mark.length };
}

/** Whether a line is a horizontal rule, which begins like a list. */
export function isRule(line: string): boolean {
  return /^[ \t]*([-*_])[ \t]*(?:\1[ \t]*){2,}$/.test(line);
}

/** Indentation of a line in columns. */
export function indentOf(line: string): number {
  const first = line.charCodeAt(0);
  if (first !== 0x20 && first !== 0x09) return 0;
  return widthOf(/^[ \t]*/.exec(line)?.[0] ?? "", 0);
}

/** Width in columns of spaces and tabs that begin in a column. */
function widthOf(space: string, column: number): number {
  let end = column;
  for (const character of space) end += character === "\t" ? 4 - end % 4 : 1;
  return end - column;
}

export function trimSpaces(line: string): string {
  return line.replace(/^[ \t]+|[ \t]+$/g, "");
}

/** Whether a character begins a word: a letter of any script, or a sign that opens no block. */
export function isWord(code: number): boolean {
  return code > 0x7e || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
