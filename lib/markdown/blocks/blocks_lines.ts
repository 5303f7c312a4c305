import {
  type Fence,
  fenceOpener,
  indentOf,
  isRule,
  isWord,
  listMarker,
  type Marker,
  trimSpaces,
} from "./blocks_syntax.ts";
import {
  isBlankLine,
  mathCloser,
  type MathOpener,
  mathOpener,
  MAX_MATH_LINES,
} from "../math/math_lines.ts";

/** A list that may be open at the top level: the column where its item's text begins. */
type List = "none" | "unsure" | { readonly content: number };

type Open =
  | { readonly kind: "text" }
  | Fence
  | { readonly kind: "math"; readonly opener: MathOpener; readonly run: string[] };

/** Whether a new block begins before a line, and whether its block is finished after it. */
export interface Cut {
  readonly before: boolean;
  readonly after: boolean;
}

const NO_CUT: Cut = { before: false, after: false };
const BEFORE: Cut = { before: true, after: false };
const AFTER: Cut = { before: false, after: true };
const BOTH: Cut = { before: true, after: true };
const TEXT: Open = { kind: "text" };

/** A list's text begins in column 2 or later, so these columns are never inside one. */
const OUTSIDE_ANY_LIST = 2;

/**
 * Finds the ends of top-level Markdown blocks, line by line. It follows the parser's rules for
 * everything that can hold or continue a block; where only parsing can tell, it does not cut.
 */
export class LineScanner {
  #open: Open = TEXT;
  #list: List = "none";
  #afterBlank = true;
  /** Whether a fence may be open that this scanner cannot see: then it stops cutting. */
  #lost = false;

  next(line: string): Cut {
    if (this.#lost) return NO_CUT;
    if (this.#open.kind === "fence") return this.#inFence(line, this.#open);
    if (this.#open.kind === "math") return this.#inMath(line, this.#open);
    return this.#inText(line);
  }

  #inFence(line: string, { marker, length }: Fence): Cut {
    if (indentOf(line) > 3) return NO_CUT;
    const text = trimSpaces(line);
    if (text.length < length || text !== marker.repeat(text.length)) return NO_CUT;
    return this.#fresh(AFTER);
  }

  #inMath(line: string, { opener, run }: { opener: MathOpener; run: string[] }): Cut {
    const goesOn = opener.fenced ||
      (!isBlankLine(line) && run.length < MAX_MATH_LINES &&
        indentOf(line) >= indentOf(run[0] ?? ""));
    if (goesOn && mathCloser(line, opener) >= 0) return this.#fresh(AFTER);
    if (opener.fenced) return NO_CUT;
    if (goesOn) {
      run.push(line);
      return NO_CUT;
    }
    // It was not maths after all: read these lines again as text.
    this.#open = TEXT;
    this.#plain(run[0] ?? "", indentOf(run[0] ?? ""));
    for (const again of run.slice(1)) this.next(again);
    return this.next(line);
  }

  #inText(line: string): Cut {
    if (isBlankLine(line)) {
      this.#afterBlank = true;
      return NO_CUT;
    }
    const indent = indentOf(line);
    const text = indent === 0 ? line : line.trimStart();
    const first = text.charCodeAt(0);
    if (indent <= 3 && !isWord(first)) {
      const fence = fenceOpener(text);
      const math = fence === null ? mathOpener(text) : null;
      if (fence !== null || math !== null) return this.#leaf(indent, line, fence, math);
      if (first === 0x23 && /^#{1,6}(?:[ \t]|$)/.test(text) && this.#outside(indent)) {
        return this.#fresh(BOTH);
      }
    }
    return this.#plain(line, indent);
  }

  #leaf(indent: number, line: string, fence: Fence | null, math: MathOpener | null): Cut {
    if (this.#inside(indent)) {
      this.#afterBlank = false;
      return NO_CUT;
    }
    if (!this.#outside(indent)) {
      this.#lost = true;
      return NO_CUT;
    }
    if (math !== null && !math.fenced) {
      this.#open = { kind: "math", opener: math, run: [line] };
      return NO_CUT;
    }
    this.#fresh(BEFORE);
    if (fence !== null) this.#open = fence;
    if (math !== null) this.#open = { kind: "math", opener: math, run: [] };
    return BEFORE;
  }

  /** A line of a paragraph, a list, a quote, a table or indented code. */
  #plain(line: string, indent: number): Cut {
    const afterBlank = this.#afterBlank;
    this.#afterBlank = false;
    if (this.#inside(indent)) return NO_CUT;

    const marker = indent <= 3 && !isRule(line) ? listMarker(line, indent) : null;
    if (marker !== null) return this.#item(marker, indent, afterBlank);

    if (this.#list === "none") return afterBlank && indent <= 3 ? BEFORE : NO_CUT;
    if (indent <= 3 && isRule(line) && this.#outside(indent)) {
      this.#list = "none";
      return NO_CUT;
    }
    if (!afterBlank || !this.#outside(indent)) {
      this.#list = "unsure";
      return NO_CUT;
    }
    this.#list = "none";
    return indent <= 3 ? BEFORE : NO_CUT;
  }

  #item(marker: Marker, indent: number, afterBlank: boolean): Cut {
    const wasOpen = this.#list !== "none";
    const certain = marker.content !== null && (
      this.#list === "none" ? afterBlank || marker.interrupts : this.#list !== "unsure" ||
        (afterBlank && indent < OUTSIDE_ANY_LIST)
    );
    this.#list = certain && marker.content !== null ? { content: marker.content } : "unsure";
    return !wasOpen && afterBlank ? BEFORE : NO_CUT;
  }

  /** Certainly part of the open list's item. */
  #inside(indent: number): boolean {
    return typeof this.#list === "object" && indent >= this.#list.content;
  }

  /** Certainly not part of an open list's item. */
  #outside(indent: number): boolean {
    if (this.#list === "none") return true;
    return indent < (this.#list === "unsure" ? OUTSIDE_ANY_LIST : this.#list.content);
  }

  #fresh(cut: Cut): Cut {
    this.#open = TEXT;
    this.#list = "none";
    this.#afterBlank = cut.after;
    return cut;
  }
}
