import { LineScanner } from "./blocks_lines.ts";
import { type MarkdownEnv, renderMarkdown, renderPart } from "../markdown.ts";

/**
 * Splits a growing Markdown text into finished blocks of safe HTML. The result depends on the text
 * alone, not on its pieces: a block is finished by the complete lines after which nothing can
 * change it.
 *
 * The blocks joined are `renderMarkdown` of the whole text, with one exception: a link whose
 * definition comes in a later block. `html` handles it.
 */
export class BlockStream {
  readonly #scanner = new LineScanner();
  readonly #env: MarkdownEnv = {};
  /** Source text of the finished blocks. */
  #finished = "";
  #html = "";
  /** Complete lines after the finished blocks, and the beginning of a line after those. */
  #block = "";
  #line = "";
  #lateDefinition = false;

  /** End of the finished blocks, in UTF-16 units of the whole text. */
  get upTo(): number {
    return this.#finished.length;
  }

  /** The whole text as HTML, after its end. */
  get html(): string {
    return this.#lateDefinition ? renderMarkdown(this.#finished) : this.#html;
  }

  /** Takes the next piece; returns the blocks that it finished. */
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

  /** Ends the text; returns the remaining blocks. */
  end(): string[] {
    const blocks: string[] = [];
    this.#block += this.#line;
    this.#line = "";
    this.#finish(blocks);
    return blocks;
  }

  /** Takes a line with its end. A lone carriage return ends a line as well. */
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
