import { folded, pairsOf, UNSPACED } from "../../shared/words.ts";

/** Most terms of one text, and their UTF-16 units together. */
export const MOST_TERMS = 40;
const MOST_UNITS = 300;
/** UTF-16 units that are looked at: about 7 ms of work at most. */
const LOOKED_AT = 10_000;
/** Longer words are cut: a term is to be found, not shown. */
const LONGEST_TERM = 24;
/** Alphabetic words below this length say nothing of a text. */
const SHORTEST_WORD = 3;

const UNSPACED_RUN = new RegExp(`${UNSPACED.source}(?:${UNSPACED.source}|\\p{M})+`, "gu");
const ALPHABETIC =
  /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{M}'’]+$/u;
const SEGMENTER = new Intl.Segmenter("en", { granularity: "word" });

/** The words of a text with their number, in order of their first occurrence. */
function countedWords(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (word: string) => {
    const term = [...word].slice(0, LONGEST_TERM).join("");
    counts.set(term, (counts.get(term) ?? 0) + 1);
  };
  const said = folded(text.slice(0, LOOKED_AT));
  for (const { segment, isWordLike } of SEGMENTER.segment(said)) {
    if (isWordLike && isTelling(segment)) add(segment);
  }
  for (const [run] of said.matchAll(UNSPACED_RUN)) {
    pairsOf(run).forEach(add);
  }
  return counts;
}

function isTelling(word: string): boolean {
  const length = [...word].length;
  return ALPHABETIC.test(word) ? length >= SHORTEST_WORD : length > 1 || /\p{N}/u.test(word);
}

/**
 * The terms of a text, the most frequent first; scripts without spaces also by pairs of letters.
 * Bounded in number and length.
 */
export function termsOf(text: string): string[] {
  const words = [...countedWords(text)].sort(([, a], [, b]) => b - a);
  return withinBounds(words.map(([word]) => word));
}

/** The terms of a note: half of them its own at most, then those of the conversation. */
export function noteTerms(note: string, conversation: string): string[] {
  return withinBounds([...termsOf(note).slice(0, MOST_TERMS / 2), ...termsOf(conversation)]);
}

function withinBounds(words: readonly string[]): string[] {
  const terms = new Set<string>();
  let units = 0;
  for (const word of words) {
    if (terms.has(word)) continue;
    units += word.length;
    if (terms.size === MOST_TERMS || units > MOST_UNITS) break;
    terms.add(word);
  }
  return [...terms];
}
