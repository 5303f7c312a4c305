import { LineScanner } from "./blocks_lines.ts";
import { type MarkdownEnv, renderMarkdown, renderPart } from "../markdown.ts";

/**
 * Cuts a growing Markdown text into finished blocks of safe HTML. What comes
 * out depends on the text alone, not on how it was cut into pieces: a block is
 * finished by the complete lines after which nothing can change it.
 *
 * The blocks joined are `renderMarkdown` of the whole text, with one exception:
 * a link whose definition comes in a later block. `html` takes care of it.
 */
export class BlockStream {
  readonly #scanner = new LineScanner();
  readonly #env: MarkdownEnv = {};
  /** The text of the finished blocks, and their HTML. */
  #finished = "";
  #html = "";
  /** The complete lines after them, and the beginning of a line after those. */
  #block = "";
  #line = "";
  #lateDefinition = false;

  /** Where, in UTF-16 units of the whole text, the finished blocks end. */
  get upTo(): number {
    return this.#finished.length;
  }

  /** The whole text as HTML, once it has ended. */
  get html(): string {
    return this.#lateDefinition ? renderMarkdown(this.#finished) : this.#html;
  }

  /** Takes the next piece; gives the blocks it finished. */
  push(text: string): string[] {
    const blocks: string[] = [];
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      const line = this.#line + text.slice(start, end + 1);
      this.#line = "";
      start = end + 1;
      this.#take(line, blocks);
    }
    this.#line += start === 0 ? text : text.slice(start);
    return blocks;
  }

  /** The text is complete: gives the blocks that remain. */
  end(): string[] {
    const blocks: string[] = [];
    this.#block += this.#line;
    this.#line = "";
    this.#finish(blocks);
    return blocks;
  }

  /** Takes a line with its end. A carriage return alone ends a line as well. */
  #take(line: string, blocks: string[]): void {
    if (!line.includes("\r")) return this.#takeOne(line, line.length - 1, blocks);
    for (const [part, content = ""] of line.matchAll(/([^\r\n]*)(?:\r\n|\r|\n)/g)) {
      this.#takeOne(part, content.length, blocks);
    }
  }

  #takeOne(line: string, length: number, blocks: string[]): void {
    const cut = this.#scanner.next(line.slice(0, length));
    if (cut.before) this.#finish(blocks);
    this.#block += line;
    if (cut.after) this.#finish(blocks);
  }

  #finish(blocks: string[]): void {
    const part = this.#block;
    if (part === "") return;
    this.#block = "";
    const known = this.#definitions();
    const html = renderPart(part, this.#env);
    if (this.#finished !== "" && this.#definitions() > known) this.#lateDefinition = true;
    this.#finished += part;
    this.#html += html;
    if (html !== "") blocks.push(html);
  }

  #definitions(): number {
    const { references } = this.#env;
    return references === undefined ? 0 : Object.keys(references).length;
  }
}
