/** Offsets in a text; `end` is exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const isLetter = (sign: string) => /[\p{L}\p{N}]/u.test(sign);
const isSpace = (sign: string) => sign === "" || /\s/.test(sign);

/**
 * Spans of `*bold*`, `_italic_`, `~strike~` and `` `code` `` as WhatsApp shows them.
 * None crosses a line's end.
 */
export function spansOf(text: string): Stretch[] {
  const spans: Stretch[] = [];
  const open = new Map<string, number>();
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === "\n") open.clear();
    if (!"*_~`".includes(sign)) continue;
    const [before, after] = [text.charAt(at - 1), text.charAt(at + 1)];
    const start = open.get(sign);
    if (start !== undefined && at > start + 1 && !isSpace(before) && !isLetter(after)) {
      spans.push({ start, end: at + 1 });
      open.delete(sign);
    } else if (start === undefined && !isLetter(before) && !isSpace(after)) {
      open.set(sign, at);
    }
  }
  return spans;
}

interface Span extends Stretch {
  readonly mark: string;
}

/** The spans of a text, for queries by offset. */
export class Spans {
  /** Per mark, sorted and without overlap. */
  readonly #byMark = new Map<string, Span[]>();

  constructor(text: string) {
    for (const { start, end } of spansOf(withoutCode(text))) {
      const mark = text.charAt(start);
      const list = this.#byMark.get(mark) ?? [];
      list.push({ start, end, mark });
      this.#byMark.set(mark, list);
    }
  }

  /** Marks open across a split that ends before `end` and continues at `start`, outermost first. */
  across(end: number, start: number): string[] {
    const open = [...this.#byMark.values()].flatMap((list) => {
      const span = lastBefore(list, end);
      return span !== undefined && span.end > start ? [span] : [];
    }).sort((a, b) => a.start - b.start);
    const code = open.findIndex(({ mark }) => mark === "`");
    // Inside code there are no other marks.
    return (code < 0 ? open : open.slice(0, code + 1)).map(({ mark }) => mark);
  }
}

/** Text with the marks in code blocks blanked; offsets stay the same. */
function withoutCode(text: string): string {
  return text.replace(
    /```[^]*?(?:```|$)/g,
    (code) => code.includes("\n") ? "\n".repeat(code.length) : "x".repeat(code.length),
  );
}

/** The last span of a sorted list that begins before `at`. */
function lastBefore(list: readonly Span[], at: number): Span | undefined {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.start ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}
