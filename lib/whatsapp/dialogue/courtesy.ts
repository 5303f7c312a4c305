import { normalise } from "./normalise.ts";
import { VOCABULARIES } from "./vocabularies.ts";

/** Punctuation, dashes, emoji. */
const BETWEEN_WORDS = /[^\p{L}\p{M}\p{N}']+/gu;

function words(said: string): string {
  return said.replace(BETWEEN_WORDS, " ").trim();
}

const KNOWN: ReadonlySet<string> = new Set(
  Object.values(VOCABULARIES).flatMap(({ courtesies }) => courtesies.split("|")).map((each) =>
    words(normalise(each))
  ),
);
const MAX_COURTESY_WORDS = Math.max(...[...KNOWN].map((each) => each.split(" ").length));

/**
 * Strips courtesies in any language from both ends, and repeated words: `stop - thank you 🙏`
 * and `stop stop` are both `stop`. At least one word of a normalised message remains.
 */
export function stripCourtesies(said: string): string {
  let left = words(said).split(" ").filter((word, at, all) => word !== all[at - 1]);
  for (const side of ["end", "start"] as const) {
    for (let cut = courtesy(left, side); cut > 0; cut = courtesy(left, side)) {
      left = side === "end" ? left.slice(0, -cut) : left.slice(cut);
    }
  }
  return left.join(" ");
}

/** Whether a normalised text is nothing but a courtesy. */
export function isCourtesy(said: string): boolean {
  return KNOWN.has(stripCourtesies(said));
}

/** Number of words of the longest courtesy at one end that leaves at least one word. */
function courtesy(all: readonly string[], side: "start" | "end"): number {
  for (let count = Math.min(MAX_COURTESY_WORDS, all.length - 1); count > 0; count--) {
    const part = side === "end" ? all.slice(-count) : all.slice(0, count);
    if (KNOWN.has(part.join(" "))) return count;
  }
  return 0;
}
