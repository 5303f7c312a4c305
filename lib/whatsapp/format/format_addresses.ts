import type { Piece } from "./format_pieces.ts";

/** Text that WhatsApp turns into a link, without trailing punctuation. */
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
 * Moves marks that touch an address to the next word that they mark.
 * WhatsApp would read the mark as part of the address: `*See https://a.org*` becomes `*See*
 * https://a.org`.
 */
export function besideAddresses(line: readonly Piece[]): Piece[] {
  if (!line.some(({ kind }) => kind === "address")) return [...line];
  const opened = moved([...line].reverse(), "open", (text) => /^\S*\s*/.exec(text)?.[0] ?? "");
  return moved(opened.reverse(), "close", (text) => /\s*\S*$/.exec(text)?.[0] ?? "");
}

/**
 * Moves marks of one kind back over the addresses before them.
 * `pieces` are in the order in which each mark comes after its content; `part` is the text joined
 * to an address, which moves along.
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
