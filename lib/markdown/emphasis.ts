import type { MarkdownIt } from "markdown-it";

const LETTER = /[\p{L}\p{M}]/u;
const LATIN = /\p{Script=Latin}/u;
/** Scripts without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** Characters that may begin a marked word: quotes, brackets, symbols such as emoji. */
const BEGINS = /[\p{Ps}\p{Pi}\p{So}"'¿¡]/u;
/** Characters that may end it: punctuation except opening, joining and mathematical signs. */
const ENDS = /[^\p{L}\p{M}\p{N}\s\p{Ps}\p{Pi}¿¡/\\*_~#@&=+<$^|`-]/u;

/**
 * CommonMark closes no `**` between punctuation and a letter, nor opens one between a letter and
 * punctuation. Where a language writes no space there, or a model omits it, asterisks remain in the
 * text: `**“重点”**内容`, `**Nota:**texto`. https://github.com/commonmark/commonmark-spec/issues/650
 */
export function useEmphasis(engine: MarkdownIt): void {
  const { State } = engine.inline;
  engine.inline.State = class extends State {
    override scanDelims(start: number, canSplitWord: boolean) {
      const run = super.scanDelims(start, canSplitWord);
      if (!canSplitWord || (run.can_open && run.can_close)) return run;
      const before = lastOf(this.src, start);
      const after = firstOf(this.src, start + run.length, this.posMax);
      // A single asterisk between words may be a multiplication sign.
      const isSure = (letter: string) =>
        LETTER.test(letter) && (run.length > 1 || UNSPACED.test(letter));
      return {
        ...run,
        can_open: run.can_open || (isSure(before) && BEGINS.test(after) &&
          !(/[([{]/.test(after) && LATIN.test(before))),
        can_close: run.can_close || (isSure(after) && ENDS.test(before)),
      };
    }
  };
}

function lastOf(text: string, end: number): string {
  return [...text.slice(Math.max(0, end - 2), end)].at(-1) ?? "";
}

function firstOf(text: string, start: number, end: number): string {
  return [...text.slice(start, Math.min(end, start + 2))][0] ?? "";
}
