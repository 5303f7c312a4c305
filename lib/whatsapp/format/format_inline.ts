import type { Token } from "markdown-it";
import { ADDRESS, beginsOrEndsWithAddress } from "./format_addresses.ts";
import { guarded } from "./format_guard.ts";
import { plainMath } from "./format_math.ts";
import type { Piece } from "./format_pieces.ts";

const MARKS: Readonly<Record<string, string>> = { strong: "*", em: "_", s: "~" };

/** Inline tokens of one block as WhatsApp text; `bold` as in a heading. */
export function inlineText(tokens: readonly Token[], { bold = false } = {}): string {
  const writer = new InlineWriter();
  if (bold) writer.open("*");
  for (const token of tokens) writer.token(token);
  if (bold) writer.close("*");
  return guarded(writer.pieces);
}

class InlineWriter {
  readonly pieces: Piece[] = [];
  /** Nesting depth of each mark: bold inside bold writes one mark. */
  readonly #open = new Map<string, number>();
  readonly #links: { address: string; from: number }[] = [];

  token(token: Token): void {
    const { type, content } = token;
    const mark = MARKS[type.replace(/_(open|close)$/, "")];
    if (mark !== undefined) {
      return token.nesting > 0 ? this.open(mark, token.markup) : this.close(mark, token.markup);
    }
    switch (type) {
      case "softbreak":
      case "hardbreak":
        return this.#push("break", "\n");
      case "code_inline":
        return this.#code(content);
      case "math_inline":
        return this.#push("text", plainMath(content));
      case "task":
        return this.#push("raw", token.info === "done" ? "☑ " : "☐ ");
      case "image":
        return this.#text(plainText(token.children ?? []) || address(token, "src"));
      case "link_open":
        this.#links.push({ address: address(token, "href"), from: this.pieces.length });
        return;
      case "link_close":
        return this.#link();
      default:
        return this.#text(content);
    }
  }

  /** Bare addresses in the text, which WhatsApp turns into links. */
  #text(content: string): void {
    let from = 0;
    for (const { 0: found, index } of content.matchAll(ADDRESS)) {
      this.#push("text", content.slice(from, index));
      this.#push("address", found);
      from = index + found.length;
    }
    this.#push("text", content.slice(from));
  }

  open(mark: string, source?: string): void {
    const depth = this.#open.get(mark) ?? 0;
    this.#open.set(mark, depth + 1);
    if (depth === 0) this.#push("open", mark, source);
  }

  close(mark: string, source?: string): void {
    const depth = (this.#open.get(mark) ?? 1) - 1;
    this.#open.set(mark, depth);
    if (depth === 0) this.#push("close", mark, source);
  }

  /** Writes the address after the text, unless they are the same. */
  #link(): void {
    const link = this.#links.pop();
    if (link === undefined) return;
    const shown = this.pieces.slice(link.from);
    const isMark = ({ kind }: Piece) => kind === "open" || kind === "close";
    const text = shown.filter((piece) => !isMark(piece)).map((piece) => piece.text).join("").trim();
    const bare = link.address.replace(/^mailto:/i, "");
    if (text === "" || same(text, bare)) {
      const marks = shown.filter(isMark);
      // Marks around an address would become part of it.
      this.pieces.splice(link.from, shown.length, ...marks.length % 2 === 0 ? [] : marks);
      return this.#push("address", bare);
    }
    this.#push("text", " (");
    this.#push("address", bare);
    this.#push("text", ")");
  }

  #code(content: string): void {
    if (content.trim() === "") return;
    if (beginsOrEndsWithAddress(content)) return this.#text(content);
    const fence = !content.includes("`") ? "`" : content.includes("```") ? "" : "```";
    this.#push("raw", fence + content + fence);
  }

  #push(kind: Piece["kind"], text: string, source?: string): void {
    if (text !== "") {
      this.pieces.push(source === undefined ? { kind, text } : { kind, text, source });
    }
  }
}

function address(token: Token, name: string): string {
  return String(token.attrGet(name) ?? "");
}

function plainText(tokens: readonly Token[]): string {
  return tokens.map(({ type, content, children }) =>
    type === "softbreak" ? " " : type === "image" ? plainText(children ?? []) : content
  ).join("").trim();
}

/** Whether text and address are equal once normalised (`www.a.org`, percent-encoding). */
function same(text: string, address: string): boolean {
  const plain = (each: string) => decoded(each).replace(/^https?:\/\//i, "").replace(/\/$/, "");
  return plain(text) === plain(address);
}

function decoded(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}
