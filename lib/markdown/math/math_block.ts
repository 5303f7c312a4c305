import type { MarkdownIt, StateBlock } from "markdown-it";
import {
  isBlankLine,
  mathCloser,
  type MathOpener,
  mathOpener,
  MAX_MATH_LINES,
} from "./math_lines.ts";

type BlockRule = Parameters<MarkdownIt["block"]["ruler"]["push"]>[1];

interface Found {
  readonly content: string;
  /** Text after the end of the maths on its last line. */
  readonly rest: string;
  readonly nextLine: number;
}

/** The parser's block rule for maths over several lines. */
export const mathBlock: BlockRule = (state, startLine, endLine, silent) => {
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const first = textOf(state, startLine);
  const opener = mathOpener(first);
  if (opener === null) return false;
  const found = find(state, opener, first.slice(2), startLine + 1, endLine);
  if (found === null) return false;
  if (silent) return true;

  state.line = found.nextLine;
  const token = state.push("math_block", "math", 0);
  token.content = found.content;
  token.markup = first.slice(0, 2);
  token.map = [startLine, state.line];
  if (!isBlankLine(found.rest)) paragraph(state, found.rest);
  return true;
};

function find(
  state: StateBlock,
  opener: MathOpener,
  first: string,
  from: number,
  endLine: number,
): Found | null {
  const lines = [first];
  // Without a fence no line may begin left of the first, so that the result is the same for every
  // list item that is being parsed.
  const indent = opener.fenced ? state.blkIndent : state.sCount[from - 1] ?? 0;
  let line = from;
  for (; line < endLine; line++) {
    const text = textOf(state, line);
    if (!opener.fenced && (text === "" || lines.length >= MAX_MATH_LINES)) return null;
    if (text !== "" && (state.sCount[line] ?? 0) < indent) break;
    const end = mathCloser(text, opener);
    if (end >= 0) {
      lines.push(text.slice(0, end));
      return { content: lines.join("\n"), rest: text.slice(end + 2), nextLine: line + 1 };
    }
    lines.push(text);
  }
  return opener.fenced ? { content: lines.join("\n"), rest: "", nextLine: line } : null;
}

function paragraph(state: StateBlock, content: string): void {
  state.push("paragraph_open", "p", 1);
  const inline = state.push("inline", "", 0);
  inline.content = content.trim();
  inline.children = [];
  state.push("paragraph_close", "p", -1);
}

/** A line without its indentation. */
function textOf(state: StateBlock, line: number): string {
  return state.src.slice(
    (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0),
    state.eMarks[line] ?? 0,
  );
}
