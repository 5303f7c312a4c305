import { folded, pairsOf, UNSPACED } from "../../shared/words.ts";

/** Longest term, in UTF-16 units. */
const LONGEST = 40;
const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });

/** The distinct words of a text as they are searched, with pairs of signs in unspaced scripts. */
export function searchTerms(text: string): Set<string> {
  const terms = new Set<string>();
  for (const { segment, isWordLike } of segmenter.segment(folded(text))) {
    if (!isWordLike) continue;
    terms.add(segment.slice(0, LONGEST).toWellFormed());
    if (UNSPACED.test(segment)) pairsOf(segment).forEach((pair) => terms.add(pair));
  }
  return terms;
}

/** The terms of a query, each of which a conversation must have. */
export function queryTerms(query: string): string[] {
  const found: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(folded(query))) {
    if (!isWordLike) continue;
    // Pieces of unspaced words are cut differently beside other words; their pairs are not.
    const pairs = UNSPACED.test(segment) ? pairsOf(segment) : [];
    found.push(...(pairs.length > 0 ? pairs : [segment.slice(0, LONGEST).toWellFormed()]));
  }
  return [...new Set(found)];
}

/** Terms as one text, each after a line break, of at most `bytes` in UTF-8. */
export function joinTerms(terms: Iterable<string>, bytes: number): string {
  let joined = "", size = 0;
  const encoder = new TextEncoder();
  for (const term of terms) {
    size += encoder.encode(term).length + 1;
    if (size > bytes) break;
    joined += `\n${term}`;
  }
  return joined;
}

/** Whether joined terms have a word that begins with each term of a query. */
export function hasTerms(joined: string, query: readonly string[]): boolean {
  return query.every((term) => joined.includes(`\n${term}`));
}
