/** Something that can be found by its terms. */
export interface Findable {
  terms: readonly string[];
  at: number;
}

export interface Ranked<T> {
  item: T;
  /** 0 where no term fits. */
  score: number;
}

/** A term that only begins like another counts less. */
const PREFIX_WORTH = 0.6;
const SHORTEST_PREFIX = 4;

/**
 * Ranks items by the terms of a question: each of its terms counts once per item, rare ones more
 * (inverse document frequency). Equal items are in order of time, latest first.
 */
export function rankByTerms<T extends Findable>(
  question: readonly string[],
  items: readonly T[],
): Ranked<T>[] {
  // In one order: sums of fractions depend on it.
  const asked = [...new Set(question)].sort();
  const worths = asked.map((term) => items.map(({ terms }) => likeness(term, terms)));
  const rarities = worths.map((each) =>
    Math.log(1 + items.length / Math.max(1, each.filter((worth) => worth > 0).length))
  );
  return items.map((item, i) => ({
    item,
    score: worths.reduce((sum, each, j) => sum + (each[i] ?? 0) * (rarities[j] ?? 0), 0),
  })).sort((a, b) => b.score - a.score || b.item.at - a.item.at);
}

function likeness(term: string, terms: readonly string[]): number {
  if (terms.includes(term)) return 1;
  return terms.some((other) => isAlike(term, other)) ? PREFIX_WORTH : 0;
}

/** Whether the shorter of two words is most of the longer one's beginning. */
function isAlike(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= SHORTEST_PREFIX && short.length >= long.length * 0.6 &&
    long.startsWith(short);
}
