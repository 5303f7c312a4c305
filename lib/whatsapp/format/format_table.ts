import type { Token } from "markdown-it";
import { inlineText } from "./format_inline.ts";

/** A table as a list: the first cell of a row in bold, the others after their headings. */
export class Table {
  readonly #rows: Token[][][] = [];

  take(token: Token): void {
    if (token.type === "tr_open") this.#rows.push([]);
    else if (token.type === "inline") this.#rows.at(-1)?.push(token.children ?? []);
  }

  lines(): string[] {
    const [head = [], ...rows] = this.#rows;
    if (rows.length === 0) return [`- ${head.map((cell) => text(cell)).join(" – ")}`];
    const headings = head.map((cell) => text(cell));
    return rows.map((row) => {
      const [first = [], ...others] = row;
      const title = text(first, others.length > 0);
      const rest = others.map((cell, index) => {
        const [heading = "", value] = [headings[index + 1], text(cell)];
        return heading === "" || value === "" ? value : `${heading}: ${value}`;
      }).filter((part) => part !== "");
      return `- ${[title, rest.join("; ")].filter((part) => part !== "").join(" – ")}`;
    });
  }
}

function text(cell: Token[], bold = false): string {
  return inlineText(cell, { bold }).replaceAll("\n", " ");
}
