import type { Piece } from "./format_pieces.ts";

/** What WhatsApp makes a link of, without the punctuation behind it. */
export const ADDRESS = new RegExp(
  "(?:(?:https?://|(?<![\\p{L}\\p{N}.])(?:www\\.|(?:[a-z0-9-]+\\.)+[a-z]{2,}/))[^\\s<>*~`]*" +
    "|(?<![\\p{L}\\p{N}.+-])[\\p{L}\\p{N}.+-]{1,64}@(?:[\\p{L}\\p{N}-]+\\.)+\\p{L}{2,})" +
    "(?<![.,;:!?'\"’”»)\\]_])",
  "giu",
);

export function beginsOrEndsWithAddress(text: string): boolean {
  const found = text.trim().match(ADDRESS) ?? [];
  return text.trim().startsWith(found[0] ?? "\n") || text.trim().endsWith(found.at(-1) ?? "\n");
}

const isMark = (piece: Piece | undefined) => piece?.kind === "open" || piece?.kind === "close";

/**
 * Moves marks that begin or end at an address off it, to the next word of what
 * they mark: WhatsApp would take the sign for a part of the address.
 * `*See https://a.org*` becomes `*See* https://a.org`.
 */
export function besideAddresses(line: readonly Piece[]): Piece[] {
  if (!line.some(({ kind }) => kind === "address")) return [...line];
  const opened = moved([...line].reverse(), "open", (text) => /^\S*\s*/.exec(text)?.[0] ?? "");
  return moved(opened.reverse(), "close", (text) => /\s*\S*$/.exec(text)?.[0] ?? "");
}

/**
 * Takes the pieces in the order in which the marks of a kind are met after what they
 * mark, so that each is moved back over what was taken: addresses, and of text
 * the `part` that hangs on one.
 */
function moved(
  pieces: readonly Piece[],
  kind: "open" | "close",
  part: (text: string) => string,
): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    if (piece.kind !== kind) {
      out.push(piece);
      continue;
    }
    const passed: Piece[] = [];
    for (let near = out.at(-1); near !== undefined && !isMark(near); near = out.at(-1)) {
      if (near.kind === "address") {
        passed.push(near);
        out.pop();
        continue;
      }
      if (passed.length === 0) break;
      out.pop();
      const hanging = near.kind === "text" ? part(near.text) : near.text;
      passed.push({ ...near, text: hanging });
      if (hanging.length === near.text.length) continue;
      const rest = kind === "open"
        ? near.text.slice(hanging.length)
        : near.text.slice(0, -hanging.length || undefined);
      out.push({ ...near, text: rest });
      break;
    }
    out.push(piece, ...passed.reverse());
  }
  return out;
}
