import type { Token } from "markdown-it";
import { inlineText } from "./format_inline.ts";
import { plainMath } from "./format_math.ts";
import { Table } from "./format_table.ts";

/** Container of a block: a quote marks every line, a list item the first and indents the rest. */
type Around = { readonly kind: "quote" } | { readonly kind: "item"; mark: string };

interface List {
  next: number | null;
}

/** Writes the blocks of a parsed text, each on lines of its own. */
export class BlockWriter {
  #out: string[] = [];
  readonly #around: Around[] = [];
  readonly #lists: List[] = [];
  /** Separator before the next block. */
  #gap = "";
  #table: Table | null = null;

  write(tokens: readonly Token[]): string {
    tokens.forEach((token, index) => this.#token(token, tokens[index - 1]?.type));
    return this.#out.join("").replace(/[^\S\n]+$/gm, "").trimEnd();
  }

  #token(token: Token, before: string | undefined): void {
    if (this.#table !== null && token.type !== "table_close") return this.#table.take(token);
    switch (token.type) {
      case "inline":
        return this.#block(inlineText(token.children ?? [], { bold: before === "heading_open" }));
      case "fence":
      case "code_block":
        return this.#code(token.content);
      case "math_block":
        return this.#block(plainMath(token.content));
      case "hr":
        return this.#block("———");
      case "table_open":
        this.#table = new Table();
        return;
      case "table_close":
        this.#block(this.#table?.lines().join("\n") ?? "");
        this.#table = null;
        return;
      default:
        return this.#container(token);
    }
  }

  #container(token: Token): void {
    switch (token.type) {
      case "blockquote_open":
        this.#around.push({ kind: "quote" });
        return;
      case "bullet_list_open":
      case "ordered_list_open": {
        const start = Number(token.attrGet("start") ?? 1);
        this.#lists.push({ next: token.type === "bullet_list_open" ? null : start });
        // A nested list follows its item's text without a blank line.
        if (this.#lists.length > 1) this.#gap = "\n";
        return;
      }
      case "list_item_open":
        this.#around.push({ kind: "item", mark: this.#mark() });
        return;
      case "list_item_close":
        // An empty item keeps its mark.
        if (this.#pendingMark()) this.#block("");
        this.#around.pop();
        this.#gap = "\n";
        return;
      case "bullet_list_close":
      case "ordered_list_close":
        this.#lists.pop();
        this.#gap = this.#lists.length > 0 ? "\n" : "\n\n";
        return;
      case "blockquote_close":
        this.#around.pop();
        this.#gap = "\n\n";
    }
  }

  #mark(): string {
    const list = this.#lists.at(-1);
    if (!list || list.next === null) return "- ";
    return `${list.next++}. `;
  }

  #pendingMark(): boolean {
    const around = this.#around.at(-1);
    return around?.kind === "item" && around.mark !== "";
  }

  /** Fences are at the very beginning of lines; WhatsApp shows code only then. */
  #code(content: string): void {
    const code = content.replace(/\n$/, "").replaceAll("```", "ˋˋˋ");
    if (code.trim() === "") return;
    if (this.#pendingMark()) this.#block("");
    const quoted = this.#around.some(({ kind }) => kind === "quote") ? "> " : "";
    const lines = ["```", ...code.split("\n"), "```"].map((line) => quoted + line);
    const gap = this.#out.length === 0 ? "" : this.#around.length > 0 ? "\n" : "\n\n";
    this.#out.push(gap + lines.join("\n"));
    this.#gap = this.#around.length > 0 ? "\n" : "\n\n";
  }

  #block(text: string): void {
    if (text === "" && !this.#pendingMark()) return;
    const lines = text.split("\n").map((line) => this.#prefix() + line);
    const gap = this.#out.length === 0 ? "" : this.#gap;
    this.#out.push(gap + lines.join("\n"));
    const inItem = this.#around.at(-1)?.kind === "item";
    this.#gap = inItem ? "\n" : this.#around.length > 0 ? `\n${this.#prefix()}\n` : "\n\n";
  }

  /** Prefix of the next line; an item's mark comes only once. */
  #prefix(): string {
    let prefix = "";
    for (const around of this.#around) {
      if (around.kind === "quote") {
        // WhatsApp shows one level of quotes.
        if (!prefix.includes("> ")) prefix = `> ${prefix}`;
        continue;
      }
      prefix += around.mark === "" ? "  " : around.mark;
      around.mark = "";
    }
    return prefix;
  }
}
