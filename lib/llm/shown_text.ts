import { utf8Length } from "./tokens.ts";

/** Marks of thinking at the beginning of a reply; a lone end mark is skipped too. */
const MARKS: readonly (readonly [open: string, close: string])[] = [
  ...["think", "thinking", "thought", "thoughts", "reasoning", "antthinking", "seed:think"].map(
    (name) => [`<${name}>`, `</${name}>`] as const,
  ),
  ["[think]", "[/think]"],
  ["<|think|>", "<|/think|>"],
  ["◁think▷", "◁/think▷"],
  ["<|begin_of_thought|>", "<|end_of_thought|>"],
  ["<|channel|>analysis<|message|>", "<|channel|>final<|message|>"],
  ["<|channel>thought", "<channel|>"],
];

interface Mark {
  open: string;
  /** null outside of thinking. */
  close: { text: string; pattern: RegExp } | null;
}

const HEADS: readonly Mark[] = MARKS.flatMap(([open, text]): Mark[] => [
  { open, close: { text, pattern: new RegExp(RegExp.escape(text), "i") } },
  { open: text, close: null },
]);
const LONGEST = Math.max(...HEADS.map(({ open }) => open.length));

/**
 * Filters a reply for display: without the thinking before the answer and without lone surrogates.
 * Text comes in pieces split anywhere; a possible mark is held back.
 */
export class ShownText {
  #hidden = 0;
  #half = "";
  /** Leading white space: shown only with text after it. */
  #blank = "";
  #held = "";
  #state: "start" | "thinking" | "text" = "start";
  #close: Mark["close"] = null;

  /** UTF-8 bytes received and not shown. */
  get hidden(): number {
    return this.#hidden;
  }

  /** Takes the next piece and returns the well-formed text to show now. */
  take(piece: string): string {
    const text = this.#wellFormed(piece);
    return this.#state === "text" || text === "" ? text : this.#sift(text);
  }

  /** Returns the text held back, at the end of the reply. */
  end(): string {
    const half = this.#half === "" ? "" : "\uFFFD";
    this.#half = "";
    const text = half === "" || this.#state === "text" ? half : this.#sift(half);
    const held = this.#held;
    this.#held = "";
    if (held !== "" && this.#state === "start") {
      this.#state = "text";
      return this.#blank + held + text;
    }
    this.#hide(this.#blank + held);
    this.#blank = "";
    return text;
  }

  /** Replaces lone surrogates; keeps a trailing high one for the next piece. */
  #wellFormed(piece: string): string {
    let text = this.#half + piece;
    this.#half = "";
    const last = text.charCodeAt(text.length - 1);
    if (last >= 0xd800 && last <= 0xdbff) {
      this.#half = text.slice(-1);
      text = text.slice(0, -1);
    }
    return text.isWellFormed() ? text : text.toWellFormed();
  }

  #sift(more: string): string {
    let rest = this.#held + more;
    this.#held = "";
    for (;;) {
      if (this.#close) {
        const found = this.#close.pattern.exec(rest);
        if (!found) {
          this.#held = ending(rest, this.#close.text);
          this.#hide(rest.slice(0, rest.length - this.#held.length));
          return "";
        }
        rest = this.#pass(rest, found.index + this.#close.text.length);
        this.#close = null;
        this.#state = "start";
      }
      const head = rest.trimStart();
      this.#blank += rest.slice(0, rest.length - head.length);
      if (head === "") return "";
      const begins = head.slice(0, LONGEST).toLowerCase();
      const mark = HEADS.find(({ open }) => begins.startsWith(open));
      if (mark) {
        this.#hide(this.#blank);
        this.#blank = "";
        rest = this.#pass(head, mark.open.length);
        this.#close = mark.close;
        if (mark.close) this.#state = "thinking";
      } else if (HEADS.some(({ open }) => open.startsWith(begins))) {
        this.#held = head;
        return "";
      } else return this.#show(head);
    }
  }

  /** Shows the first text, without the white space after thinking. */
  #show(head: string): string {
    this.#state = "text";
    const blank = this.#hidden > 0 ? "" : this.#blank;
    if (blank === "") this.#hide(this.#blank);
    this.#blank = "";
    return blank + head;
  }

  #pass(text: string, length: number): string {
    this.#hide(text.slice(0, length));
    return text.slice(length);
  }

  #hide(text: string): void {
    this.#hidden += utf8Length(text);
  }
}

/** The longest end of `text` that is a prefix of `mark`. */
function ending(text: string, mark: string): string {
  for (let length = Math.min(text.length, mark.length - 1); length > 0; length--) {
    const end = text.slice(-length);
    if (mark.startsWith(end.toLowerCase())) return end;
  }
  return "";
}
