/** UTF-16 units of text shown on each side of a match. */
const AROUND = 60;

/** A text without case and accents: `Ägypten` and `agypten` are equal. */
export function foldText(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The folded words of a query. */
export function wordsOf(query: string): string[] {
  return foldText(query).split(/\s+/).filter((word) => word !== "");
}

/** A match and the text around it. */
export interface Excerpt {
  before: string;
  found: string;
  after: string;
}

/** The excerpt at the first word if a text has all words, else null. */
export function findWords(text: string, words: readonly string[]): Excerpt | null {
  const [first] = words;
  const folded = foldText(text);
  if (first === undefined || !words.every((word) => folded.includes(word))) return null;
  const { plain, origin } = originsOf(text);
  const at = plain.indexOf(first);
  // A letter of several characters may fold differently on its own.
  const from = at < 0 ? 0 : origin[at] ?? 0;
  const to = at < 0 ? 0 : origin[at + first.length] ?? text.length;
  const left = Math.max(0, from - AROUND), right = Math.min(text.length, to + AROUND);
  return {
    before: (left > 0 ? "…" : "") + tidy(text.slice(left, from)),
    found: tidy(text.slice(from, to)),
    after: tidy(text.slice(to, right)) + (right < text.length ? "…" : ""),
  };
}

/** The folded text, and the original index of each of its units. */
function originsOf(text: string): { plain: string; origin: number[] } {
  const origin: number[] = [];
  let plain = "", at = 0;
  for (const letter of text) {
    const folded = foldText(letter);
    for (let i = 0; i < folded.length; i++) origin.push(at);
    plain += folded;
    at += letter.length;
  }
  return { plain, origin };
}

function tidy(text: string): string {
  return text.toWellFormed().replace(/\s+/g, " ");
}

/** The beginning of a text, on one line. */
export function firstWords(text: string, longest = 120): string {
  const line = text.slice(0, 4 * longest).replace(/\s+/g, " ").trim();
  return line.length > longest ? `${line.slice(0, longest - 1).toWellFormed()}…` : line;
}
