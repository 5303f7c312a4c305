import { besideAddresses } from "./format_addresses.ts";
import type { Piece } from "./format_pieces.ts";

/** Lookalikes of the marks, because WhatsApp has no escape character. */
const LOOK_ALIKE: Readonly<Record<string, string>> = { "*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ" };
const MARK = /[*_~`]/g;

/**
 * Joins pieces to text that WhatsApp shows as meant.
 * A mark ends with its line, so it is closed there and reopened; a mark inside a word is dropped,
 * because WhatsApp would show it; characters that it would read as marks are replaced.
 */
export function guarded(pieces: readonly Piece[]): string {
  return inLines(pieces).map(guardedLine).join("\n");
}

function inLines(pieces: readonly Piece[]): Piece[][] {
  const lines: Piece[][] = [[]];
  const open: string[] = [];
  const line = () => lines.at(-1) ?? [];
  for (const piece of pieces) {
    if (piece.kind !== "break") {
      line().push(piece);
      if (piece.kind === "open") open.push(piece.text);
      if (piece.kind === "close") open.splice(open.lastIndexOf(piece.text), 1);
      continue;
    }
    line().push(...open.map((text): Piece => ({ kind: "close", text })).reverse());
    lines.push(open.map((text): Piece => ({ kind: "open", text })));
  }
  return lines;
}

const isLetter = (sign: string) => /[\p{L}\p{N}]/u.test(sign);
const isSpace = (sign: string) => sign === "" || /\s/.test(sign);

function guardedLine(line: readonly Piece[]): string {
  const kept = withoutIdleMarks(besideAddresses(line));
  const total = new Map<string, number>();
  const count = (mark: string) => total.set(mark, (total.get(mark) ?? 0) + 1);
  for (const { kind, text } of kept) {
    if (kind === "open" || kind === "close") count(text);
    else if (kind === "text") (text.match(MARK) ?? []).forEach(count);
  }
  const texts = kept.map(({ text }) => text);
  const before = (index: number) => texts[index - 1]?.at(-1) ?? "";
  const after = (index: number) => texts[index + 1]?.charAt(0) ?? "";
  const written = kept.map((piece, index) =>
    piece.kind === "text"
      ? withLookalikes(
        piece.text,
        before(index),
        after(index),
        (mark) => (total.get(mark) ?? 0) > 1,
      )
      : piece.text
  ).join("");
  // Only Markdown's own quotes are quotes.
  return written.replace(/^(\s*)> /, "$1› ");
}

/**
 * Drops marks around nothing and marks inside a word, which would be shown.
 * Between digits they were operators and are restored: `5*3*2`.
 */
function withoutIdleMarks(line: readonly Piece[]): Piece[] {
  const { last, next } = neighbours(line);
  const dropped = new Set<number>();
  const restored = new Set<number>();
  const open: { mark: string; at: number }[] = [];
  line.forEach((piece, index) => {
    if (piece.kind === "open") open.push({ mark: piece.text, at: index });
    if (piece.kind !== "close") return;
    const opened = open.findLastIndex(({ mark }) => mark === piece.text);
    const at = open[opened]?.at;
    if (at === undefined) return void dropped.add(index);
    open.splice(opened, 1);
    const holdsText = (next[at] ?? line.length) < index;
    const inside = textAt(line, next[at]).charAt(0) + textAt(line, last[index]).slice(-1);
    const outside = textAt(line, last[at]).slice(-1) + textAt(line, next[index]).charAt(0);
    const touched = [last[at], next[at], last[index], next[index]].some((near) =>
      near !== undefined && line[near]?.kind === "address"
    );
    if (!holdsText || touched || /\s/.test(inside)) dropped.add(at).add(index);
    else if (/\d/.test(outside)) restored.add(at).add(index);
    else if (isLetter(outside)) dropped.add(at).add(index);
  });
  for (const { at } of open) dropped.add(at);
  return line.map((piece, index): Piece =>
    restored.has(index) ? { kind: "text", text: piece.source ?? "" } : piece
  ).filter((_, index) => !dropped.has(index));
}

/** Index of the nearest visible piece before and after each piece. */
function neighbours(line: readonly Piece[]): { last: number[]; next: number[] } {
  const isSeen = (index: number) => {
    const kind = line[index]?.kind;
    return kind === "text" || kind === "raw" || kind === "address";
  };
  const last: number[] = [];
  const next: number[] = [];
  line.forEach((_, index) => {
    last[index] = index === 0 || isSeen(index - 1) ? index - 1 : last[index - 1] ?? -1;
  });
  for (let index = line.length - 1; index >= 0; index--) {
    next[index] = isSeen(index + 1) ? index + 1 : next[index + 1] ?? line.length;
  }
  return { last, next };
}

function textAt(line: readonly Piece[], index: number | undefined): string {
  return index === undefined ? "" : line[index]?.text ?? "";
}

/** Replaces characters that could open or close a span and are not alone in the text. */
function withLookalikes(
  text: string,
  before: string,
  after: string,
  isShared: (mark: string) => boolean,
): string {
  return text.replace(MARK, (mark, at: number) => {
    if (!isShared(mark)) return mark;
    const left = at === 0 ? before : text.charAt(at - 1);
    const right = text.charAt(at + 1) || after;
    const opens = !isLetter(left) && !isSpace(right);
    const closes = !isSpace(left) && !isLetter(right);
    return opens || closes ? LOOK_ALIKE[mark] ?? mark : mark;
  });
}
